import { HttpResponse } from 'msw'
import type { Fate } from '#server/dependencies.ts'
import { createFaults } from '#server/faults/faults.ts'
import { delay } from '#shared/delay.ts'
import { type App, refusal } from './mock-handlers.ts'
import type { NetworkSettings } from './network.store.ts'

/** What the network does to the next link, or to another request, as it is set now. */
export function drawFate({ shortest, longest, refused, cut }: NetworkSettings): Fate {
  const latency = [shortest, Math.max(shortest, longest)] as const
  const faults = { latency, fail: refused / 100, drop: cut / 100, seed: 0 }
  return createFaults(faults, Math.random).fateOf()
}

/**
 * Passes requests on to the app through a network that is as `read` says when each of them comes. Links
 * are left to the app's own faults, which meet each link of a batch by itself. What only reads is late
 * at worst, so that the page always has something to play with; files are not even that.
 */
export const throughNetwork =
  (app: App, read: () => NetworkSettings) =>
  async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (read().isOffline) return HttpResponse.error()
    if (isLink(pathname) || isFile(pathname)) return app.fetch(request)

    const { delay: latency, outcome } = drawFate(read())
    await delay(latency)
    if (read().isOffline) return HttpResponse.error()
    if (request.method === 'GET' || outcome === 'served') return app.fetch(request)
    if (outcome === 'refused') return refusal('The server refused this.')
    if (outcome === 'cut-after') await app.fetch(request)
    return HttpResponse.error()
  }

const isLink = (pathname: string) => /^\/api\/chapters\/[^/]+\/videos\/./.test(pathname)
const isFile = (pathname: string) => pathname.startsWith('/media/')
