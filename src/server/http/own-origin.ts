import type { MiddlewareHandler } from 'hono'
import { refuse } from './problem-response.ts'

const changing = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Refuses a change that a page of another site asks for. Where a body is JSON, its type keeps such
 * a page from sending it; a file may be of a type that it can send. Programs name no origin.
 */
export const requireOwnOrigin =
  (furtherNames: readonly string[]): MiddlewareHandler =>
  async (c, next) => {
    if (changing.includes(c.req.method) && isForeign(c.req.raw, furtherNames)) {
      refuse('wrong-origin', 'Only Lectern’s own page can send files here.')
    }
    await next()
  }

// A browser tells the relation of the two, unless it does not trust the connection.
function isForeign({ url, headers }: Request, furtherNames: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('origin')
  if (origin === null) return false
  if (!URL.canParse(origin)) return true
  const { host, hostname } = new URL(origin)
  return host !== new URL(url).host && !furtherNames.includes(hostname)
}
