import { HttpResponse } from 'msw'
import type { Fate } from '#server/dependencies.ts'
import { createFaults } from '#server/faults/faults.ts'
import { delay } from '#shared/delay.ts'
import { type App, problemResponse } from './mock-handlers.ts'
import type { NetworkSettings } from './network.store.ts'

/** Draws what happens to the next request under these settings. */
export function drawFate({
  minLatency,
  maxLatency,
  refusedPercent,
  cutPercent,
}: NetworkSettings): Fate {
  const latency = [minLatency, Math.max(minLatency, maxLatency)] as const
  const faults = { latency, fail: refusedPercent / 100, drop: cutPercent / 100, seed: 0 }
  return createFaults(faults, Math.random).fateOf()
}

/**
 * Wraps the app in a network with the settings of the moment. Links pass unchanged, since the app
 * applies its own faults to each link of a batch. Reads are only delayed, so that the page always
 * loads, and files not even that.
 */
export const withNetwork =
  (app: App, readSettings: () => NetworkSettings) =>
  async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (readSettings().isOffline) return HttpResponse.error()
    if (isLink(pathname) || isFile(pathname)) return app.fetch(request)

    const { delay: latency, outcome } = drawFate(readSettings())
    await delay(latency)
    if (readSettings().isOffline) return HttpResponse.error()
    if (request.method === 'GET' || outcome === 'served') return app.fetch(request)
    if (outcome === 'refused') return problemResponse('The server refused this.')
    if (outcome === 'cut-after') await app.fetch(request)
    return HttpResponse.error()
  }

const isLink = (pathname: string) => /^\/api\/chapters\/[^/]+\/videos\/./.test(pathname)
const isFile = (pathname: string) => pathname.startsWith('/media/')
