import type { ChartLayout } from './chart-layout.ts'
import { computeLayout, type LayoutRequest, prepareLayout } from './compute-layout.ts'
import type { GraphPlaces, LayoutGraph } from './engine/graph.ts'
import { EngineLoadError, layOutInWorker } from './layout-in-worker.ts'
import { createBrowserMeasure, type MeasureText } from './measure-text.ts'
import { listSimplerViews } from './simpler-views.ts'

export interface LayoutService {
  /** Returns a layout that is cached or quickly computed; undefined if it needs the worker. */
  getLayout: (request: LayoutRequest) => ChartLayout | undefined
  /**
   * Computes a layout in the worker. If it fails or takes too long, falls back to a simpler view,
   * whose `simplification` says so. Rejects if the engine can't be loaded, or if all views fail.
   */
  computeLayout: (request: LayoutRequest) => Promise<ChartLayout>
}

interface LayoutServiceOptions {
  /** Lays out a graph until the signal aborts. */
  layOut?: (graph: LayoutGraph, signal: AbortSignal) => Promise<GraphPlaces>
  measure?: MeasureText
}

const maxCached = 60

/**
 * The maximum number of transitions for a synchronous layout in the page: 20 ms on a slow computer.
 */
const maxQuickSize = 150

/** How long the worker may take for a view, in ms. */
const maxTime = 10_000

/** Creates a service that computes and caches layouts, using a worker for large charts. */
export function createLayoutService({
  layOut = layOutInWorker,
  measure = createBrowserMeasure(),
}: LayoutServiceOptions = {}): LayoutService {
  const cache = new Map<string, ChartLayout>()

  const addToCache = (request: LayoutRequest, layout: ChartLayout) => {
    if (cache.size >= maxCached) cache.delete(cache.keys().next().value ?? '')
    cache.set(toKey(request), layout)
    return layout
  }

  const getLayout = (request: LayoutRequest): ChartLayout | undefined => {
    const cached = cache.get(toKey(request))
    if (cached || request.chart.transitions.length > maxQuickSize) return cached
    try {
      return addToCache(request, computeLayout(request, measure))
    } catch {
      // The worker will run into the same failure and report it.
      return undefined
    }
  }

  const layOutView = async (request: LayoutRequest): Promise<ChartLayout> => {
    const { graph, read } = prepareLayout(request, measure)
    const controller = new AbortController()
    const reason = new Error('The layout took too long.')
    const timer = setTimeout(() => controller.abort(reason), maxTime)
    try {
      return read(await layOut(graph, controller.signal))
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    getLayout,
    computeLayout: async (request) => {
      const ready = getLayout(request)
      if (ready) return ready
      const layout = await layOutView(request).catch((failure) =>
        layOutSimpler(request, failure, layOutView),
      )
      return addToCache(request, layout)
    },
  }
}

async function layOutSimpler(
  request: LayoutRequest,
  failure: unknown,
  layOutView: (request: LayoutRequest) => Promise<ChartLayout>,
): Promise<ChartLayout> {
  let latest = failure
  for (const { request: simpler, sentence } of listSimplerViews(request)) {
    if (latest instanceof EngineLoadError) break
    try {
      return { ...(await layOutView(simpler)), simplification: sentence }
    } catch (error) {
      latest = error
    }
  }
  throw latest
}

function toKey({ chart, direction, collapsed, exits }: LayoutRequest): string {
  return JSON.stringify([
    chart.machineId,
    chart.fingerprint,
    direction,
    [...collapsed].sort(),
    [...(exits ?? [])].map((choice) => JSON.stringify(choice)).sort(),
  ])
}
