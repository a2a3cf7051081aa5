import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refuse } from './problem-response.ts'

const maxBodySize = 1024 * 1024

export const limitBody = bodyLimit({
  maxSize: maxBodySize,
  onError: () => {
    refuse('body-too-large', 'Send at most 1 MiB.')
  },
})

export const requireJson: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type')
  if (
    takesBody(c.req.method) &&
    !isEmpty(c.req.raw) &&
    !/^application\/json\s*(;|$)/i.test(type ?? '')
  ) {
    refuse(
      'unsupported-media-type',
      `The body is ${type ? `“${type}”` : 'of no stated type'}. Send application/json.`,
    )
  }
  await next()
}

const takesBody = (method: string) => ['POST', 'PUT', 'PATCH'].includes(method)

// Node's adapter gives every POST a body. One that was sent tells its length or comes in chunks.
const isEmpty = ({ body, headers }: Request) =>
  body === null ||
  headers.get('content-length') === '0' ||
  !['content-type', 'content-length', 'transfer-encoding'].some((name) => headers.has(name))
