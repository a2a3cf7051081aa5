import type { MiddlewareHandler } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import type { Dependencies } from '../dependencies.ts'

/** Logs one line per request, under its id. */
export const requestLog =
  ({
    log,
    clock,
  }: Pick<Dependencies, 'log' | 'clock'>): MiddlewareHandler<{ Variables: RequestIdVariables }> =>
  async (c, next) => {
    const startedAt = clock.now()
    await next()
    const { method, path } = c.req
    const id = c.get('requestId')
    // hono/request-id sets it in advance, which reaches only responses that Hono itself makes.
    c.header('x-request-id', id)
    log.info({ id, method, path, status: c.res.status, ms: clock.now() - startedAt }, 'request')
  }
