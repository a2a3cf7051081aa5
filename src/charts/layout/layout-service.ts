import Elk from 'elkjs/lib/elk-api.js'
import { engineUrl } from '../chart-code.ts'
import type { ChartLayout } from './chart-layout.ts'
import {
  computeLayout,
  type LayoutEngine,
  type LayoutRequest,
  loadStoredLayout,
} from './compute-layout.ts'
import { createBrowserMeasure } from './measure-text.ts'
import type { StoredLayout } from './stored-layout.ts'

export interface LayoutService {
  /** Returns a layout that is cached or stored; undefined if the engine has to compute it. */
  getLayout: (request: LayoutRequest) => ChartLayout | undefined
  /** Rejects if the engine can't be loaded or fails; the next call starts it anew. */
  computeLayout: (request: LayoutRequest) => Promise<ChartLayout>
}

/** Stored layouts by `<machine id> <direction>`. */
export type StoredLayouts = Readonly<Record<string, StoredLayout>>

const maxCached = 60

/**
 * Creates a service that computes layouts in a worker and caches them. The usual views are stored.
 */
export function createLayoutService(stored: StoredLayouts): LayoutService {
  const measure = createBrowserMeasure()
  const cache = new Map<string, ChartLayout>()
  let running: RunningEngine | undefined

  const addToCache = (request: LayoutRequest, layout: ChartLayout) => {
    if (cache.size >= maxCached) cache.delete(cache.keys().next().value ?? '')
    cache.set(toKey(request), layout)
    return layout
  }

  const getLayout = (request: LayoutRequest): ChartLayout | undefined => {
    const cached = cache.get(toKey(request))
    const storedLayout = stored[`${request.chart.machineId} ${request.direction}`]
    if (cached || !storedLayout || request.collapsed.size > 0) return cached
    const loaded = loadStoredLayout(request, storedLayout, measure)
    return loaded && addToCache(request, loaded)
  }

  return {
    getLayout,
    computeLayout: async (request) => {
      const ready = getLayout(request)
      if (ready) return ready
      running ??= startEngine()
      const { engine, failure } = running
      try {
        const layout = await Promise.race([computeLayout(request, engine, measure), failure])
        return addToCache(request, layout)
      } catch (error) {
        running?.stop()
        running = undefined
        throw error
      }
    },
  }
}

interface RunningEngine {
  engine: LayoutEngine
  /**
   * Rejects when the worker can't be loaded or crashes, of which the engine itself says nothing.
   */
  failure: Promise<never>
  stop: () => void
}

function startEngine(): RunningEngine {
  const worker = new Worker(engineUrl)
  const engine = new Elk({ workerUrl: engineUrl, workerFactory: () => worker })
  const failure = new Promise<never>((_, reject) => {
    const reason = 'The layout engine can’t be loaded. Check the connection, then try again.'
    worker.addEventListener('error', () => reject(new Error(reason)), { once: true })
  })
  return { engine, failure, stop: () => worker.terminate() }
}

function toKey({ chart, direction, collapsed }: LayoutRequest): string {
  return [chart.machineId, chart.fingerprint, direction, ...[...collapsed].sort()].join(' ')
}
