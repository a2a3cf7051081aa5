import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createProblem } from '#contract/problem.ts'
import { ProblemError, refuse } from './problem-response.ts'

const maxBodySize = 1024 * 1024

/** Decodes UTF-8; throws if the bytes are not valid. */
export const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

const limitSize = bodyLimit({
  maxSize: maxBodySize,
  onError: () => {
    refuse('body-too-large', 'Send at most 1 MiB.')
  },
})

/** Refuses a body that is too large, or that is cut off while its size is counted. */
export const limitBody: MiddlewareHandler = (c, next) =>
  limitSize(c, next).catch(refuseTruncatedBody)

/**
 * Refuses a body that its headers don't declare as JSON, or that is not UTF-8. Each route checks
 * whether it needs a body at all: a POST without one may declare any type.
 */
export const requireJson: MiddlewareHandler = async (c, next) => {
  if (takesBody(c.req.method) && !isEmpty(c.req.raw)) {
    requireJsonType(c.req.header('content-type'))
    requireUncompressed(c.req.header('content-encoding'))
    requireUtf8(await c.req.arrayBuffer().catch(refuseTruncatedBody))
  }
  await next()
}

/** The problem for a body of an unexpected type. */
export const createTypeProblem = (type: string | null | undefined, expected = 'application/json') =>
  createProblem(
    'unsupported-media-type',
    `The content type is ${type ? `“${type}”` : 'missing'}. Send ${expected}.`,
  )

function requireJsonType(type: string | undefined): void {
  if (!/^application\/json\s*(;|$)/i.test(type ?? ''))
    throw new ProblemError(createTypeProblem(type))
  const [, charset] = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type ?? '') ?? []
  if (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset)) return
  refuse('unsupported-media-type', `The body is encoded in “${charset}”. Send JSON in UTF-8.`)
}

/** Refuses a compressed body, since nothing here decompresses it. */
export function requireUncompressed(encoding: string | undefined): void {
  if (encoding === undefined || /^(identity)?$/i.test(encoding.trim())) return
  refuse(
    'unsupported-media-type',
    `The body is compressed with “${encoding}”. Send it uncompressed.`,
  )
}

function requireUtf8(bytes: ArrayBuffer): void {
  try {
    strictUtf8.decode(bytes)
  } catch {
    refuse('malformed-body', 'The body is not UTF-8. Send JSON in UTF-8.')
  }
}

/** Refuses a body that was cut off. */
export function refuseTruncatedBody(error: unknown): never {
  if (error instanceof ProblemError) throw error
  refuse('malformed-body', 'The body ended early. Send it again.')
}

const takesBody = (method: string) => ['POST', 'PUT', 'PATCH'].includes(method)

// Node's adapter gives every POST a body. One that was really sent has a length or is chunked.
const isEmpty = ({ body, headers }: Request) =>
  body === null ||
  headers.get('content-length') === '0' ||
  !['content-type', 'content-length', 'transfer-encoding'].some((name) => headers.has(name))
