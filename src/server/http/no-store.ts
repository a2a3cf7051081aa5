import type { MiddlewareHandler } from 'hono'

/**
 * Forbids storing a response that has no cache policy of its own. Without one, browsers cache a 410
 * indefinitely, and would show a restored item as removed.
 */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
}
