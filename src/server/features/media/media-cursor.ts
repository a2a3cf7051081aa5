import { z } from 'zod'
import type { MediaSort } from '#contract/media.ts'
import { decodeBase64Url, encodeBase64Url } from '#shared/base64url.ts'
import { refuse } from '../../http/problem-response.ts'
import type { MediaCursor } from './library.repository.ts'

const valueSchemas = {
  // Postgres accepts every character but NUL.
  name: z.string().refine((text) => text.isWellFormed() && !text.includes('\0')),
  // As written by `getSortValue`. Postgres rejects longer fractions and the year 0.
  newest: z.iso.datetime({ precision: 3 }).refine((time) => time >= '0001'),
  shortest: z.number(),
  longest: z.number(),
  largest: z.int(),
} satisfies Record<MediaSort, z.ZodType>

/** Encodes the end of a page as an opaque string. */
export const encodeCursor = (sort: MediaSort, { value, id }: MediaCursor): string =>
  encodeBase64Url(JSON.stringify([sort, value, id]))

/** Decodes a cursor, which is valid only for the sort that it was made with. */
export function decodeCursor(sort: MediaSort, cursor: string): MediaCursor {
  const schema = z.tuple([z.literal(sort), valueSchemas[sort], z.uuid()])
  const parsed = schema.safeParse(parseJson(cursor))
  if (parsed.success) return { value: parsed.data[1], id: parsed.data[2] }
  const message = 'Use the cursor of the previous page, with the same sort'
  return refuse('invalid-request', `${message}.`, { errors: [{ path: 'query.cursor', message }] })
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(decodeBase64Url(cursor))
  } catch {
    return undefined
  }
}
