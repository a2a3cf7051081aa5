import { z } from 'zod'
import type { MediaSort } from '#contract/media.ts'
import { refuse } from '../../http/problem-response.ts'
import type { MediaPlace } from './media.repository.ts'

const valueSchemas = {
  // Postgres takes every character but NUL.
  name: z.string().refine((text) => !text.includes('\0')),
  newest: z.iso.datetime(),
  shortest: z.number(),
  longest: z.number(),
} satisfies Record<MediaSort, z.ZodType>

/** Packs the end of a page into text that means nothing to its reader. */
export const cursorFor = (sort: MediaSort, { value, id }: MediaPlace): string =>
  toBase64Url(JSON.stringify([sort, value, id]))

/** The place that a cursor stands for. It is only good for the order it was made in. */
export function placeAt(sort: MediaSort, cursor: string): MediaPlace {
  const schema = z.tuple([z.literal(sort), valueSchemas[sort], z.uuid()])
  const parsed = schema.safeParse(jsonIn(cursor))
  if (parsed.success) return { value: parsed.data[1], id: parsed.data[2] }
  const message = 'Take the cursor from the page before, with the same sort'
  return refuse('invalid-request', `${message}.`, { errors: [{ path: 'query.cursor', message }] })
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(fromBase64Url(cursor))
  } catch {
    return undefined
  }
}

const toBase64Url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

function fromBase64Url(text: string) {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}
