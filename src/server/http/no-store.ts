import type { MiddlewareHandler } from 'hono'

/**
 * Lets nobody store a response that does not say for how long. Without a word on it, a browser
 * keeps a 410 for good, and would show what was restored as removed.
 */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
}
