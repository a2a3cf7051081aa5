import type { MiddlewareHandler } from 'hono'
import { refuse } from './problem-response.ts'

const changingMethods = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Refuses a change that another site's page requests. Where a body is JSON, its content type keeps
 * such a page from sending it, but a file may have a type that it can send. Clients other than
 * browsers send no origin.
 */
export const requireOwnOrigin =
  (furtherNames: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    if (changingMethods.includes(c.req.method) && isForeign(c.req.raw, furtherNames)) {
      refuse('wrong-origin', 'Only Lectern’s own page can send files here.')
    }
    await next()
  }

// Browsers send how the two sites relate, except over a connection that they don't trust.
function isForeign({ url, headers }: Request, furtherNames: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('origin')
  if (origin === null) return false
  if (!URL.canParse(origin)) return true
  const { host, hostname } = new URL(origin)
  return host !== new URL(url).host && !furtherNames.includes(hostname)
}
