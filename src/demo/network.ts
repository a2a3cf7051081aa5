import { HttpResponse } from 'msw'
import { createFaultGenerator, type Fault } from '#server/faults/link-faults.ts'
import { delay } from '#shared/delay.ts'
import { type App, createProblemResponse } from './mock-handlers.ts'
import type { NetworkSettings } from './network.store.ts'

/** Draws what happens to the next request under these settings. */
export function drawFault({
  minLatency,
  maxLatency,
  refusedPercent,
  cutPercent,
}: NetworkSettings): Fault {
  const latency = [minLatency, Math.max(minLatency, maxLatency)] as const
  const faults = { latency, fail: refusedPercent / 100, drop: cutPercent / 100, seed: 0 }
  return createFaultGenerator(faults, Math.random)()
}

/**
 * Wraps the app in a network with the current settings. Links pass unchanged, since the app applies
 * its own faults to each link of a batch. Reads are only delayed, so that the page always loads;
 * files are not even delayed.
 */
export const withNetwork =
  (app: App, readSettings: () => NetworkSettings) =>
  async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (readSettings().isOffline) return HttpResponse.error()
    if (isLink(pathname) || isFile(pathname)) return app.fetch(request)

    const { delay: latency, effect } = drawFault(readSettings())
    await delay(latency)
    if (readSettings().isOffline) return HttpResponse.error()
    if (request.method === 'GET' || effect === 'none') return app.fetch(request)
    if (effect === 'refuse') return createProblemResponse('The server refused this request.')
    if (effect === 'cut-after') await app.fetch(request)
    return HttpResponse.error()
  }

const isLink = (pathname: string) => /^\/api\/chapters\/[^/]+\/videos\/./.test(pathname)
const isFile = (pathname: string) => pathname.startsWith('/media/')
