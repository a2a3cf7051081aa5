import type { MiddlewareHandler } from 'hono'
import { refuse } from './problem-response.ts'

const loopbackName = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

/**
 * Where the server listens on this machine alone, a page of elsewhere must not reach it by giving its own
 * name this machine's address (DNS rebinding). Whoever lets `host` be any other address opens it on purpose.
 */
export const requireKnownHost =
  (host: string | undefined): MiddlewareHandler =>
  async (c, next) => {
    const isPrivate = host !== undefined && loopbackName.test(host)
    if (isPrivate && !loopbackName.test(new URL(c.req.url).hostname)) {
      refuse('wrong-host', 'Open Lectern at the address that it printed when it started.')
    }
    await next()
  }
