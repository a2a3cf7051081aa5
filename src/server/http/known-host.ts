import type { MiddlewareHandler } from 'hono'
import { refuse } from './problem-response.ts'

const loopbackName = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

/**
 * Protects a server that listens only on this machine from DNS rebinding: a foreign page that
 * points its own host name here. Behind a proxy, the extra names are accepted too. A server that
 * listens on any other address is open on purpose.
 */
export const requireKnownHost =
  (host: string | undefined, extraNames: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    const isPrivate = host !== undefined && loopbackName.test(host)
    const name = new URL(c.req.url).hostname
    if (isPrivate && !loopbackName.test(name) && !extraNames.includes(name.replace(/\.$/, ''))) {
      refuse(
        'wrong-host',
        'Open Lectern at the address it printed at startup. Behind a proxy, add its host name to LECTERN_HOSTS.',
      )
    }
    await next()
  }
