import Elk from 'elkjs/lib/elk-api.js'
import engineUrl from 'elkjs/lib/elk-worker.min.js?url'
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
  computeLayout: (request: LayoutRequest) => Promise<ChartLayout>
}

/** Stored layouts by `<machine id> <direction>`. */
export type StoredLayouts = Readonly<Record<string, StoredLayout>>

const maxCached = 60

/** Creates a service that computes layouts in a worker and caches them. The usual views are stored. */
export function createLayoutService(stored: StoredLayouts): LayoutService {
  const measure = createBrowserMeasure()
  const cache = new Map<string, ChartLayout>()
  let engine: LayoutEngine | undefined

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
      engine ??= new Elk({ workerUrl: engineUrl, workerFactory: createWorker })
      return (
        getLayout(request) ?? addToCache(request, await computeLayout(request, engine, measure))
      )
    },
  }
}

const createWorker = (url?: string) => new Worker(url ?? engineUrl)

function toKey({ chart, direction, collapsed }: LayoutRequest): string {
  return [chart.machineId, chart.fingerprint, direction, ...[...collapsed].sort()].join(' ')
}
