import type { MiddlewareHandler } from 'hono'
import type { Dependencies } from '../dependencies.ts'
import type { Variables } from './router.ts'

const fitId = /^[\w-]{1,64}$/

/** One line per request, under an id that the caller may choose and that the answer carries. */
export const requestLog =
  ({
    log,
    clock,
    newId,
  }: Pick<Dependencies, 'log' | 'clock' | 'newId'>): MiddlewareHandler<{
    Variables: Variables
  }> =>
  async (c, next) => {
    const begun = clock.now()
    const given = c.req.header('x-request-id')
    const id = given && fitId.test(given) ? given : newId()
    c.set('requestId', id)
    c.set('begun', begun)
    await next()
    c.header('x-request-id', id)
    const { method, path } = c.req
    log.info({ id, method, path, status: c.res.status, ms: clock.now() - begun }, 'request')
  }
