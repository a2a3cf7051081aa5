import Elk from 'elkjs/lib/elk-api.js'
import engineUrl from 'elkjs/lib/elk-worker.min.js?url'
import { createBrowserMeasure } from './browser-text.ts'
import { type LayoutEngine, type LayoutWish, layOut, layOutFromStore } from './lay-out.ts'
import type { ChartLayout } from './layout.ts'
import type { StoredLayout } from './stored-layout.ts'

/** Lays charts out in a worker, each only once; the usual views come ready made. */
export interface LayoutService {
  /** What is known already, without waiting. */
  ready: (wish: LayoutWish) => ChartLayout | undefined
  layOut: (wish: LayoutWish) => Promise<ChartLayout>
}

/** Stored layouts are named `<machine id> <direction>`. */
export type StoredLayouts = Readonly<Record<string, StoredLayout>>

export function createLayoutService(stored: StoredLayouts): LayoutService {
  const measure = createBrowserMeasure()
  const known = new Map<string, ChartLayout>()
  let engine: LayoutEngine | undefined

  const keep = (wish: LayoutWish, layout: ChartLayout) => {
    if (known.size >= mostKnown) known.delete(known.keys().next().value ?? '')
    known.set(keyOf(wish), layout)
    return layout
  }

  const ready = (wish: LayoutWish): ChartLayout | undefined => {
    const layout = known.get(keyOf(wish))
    const made = stored[`${wish.chart.machineId} ${wish.direction}`]
    if (layout || !made || wish.collapsed.size > 0) return layout
    const restored = layOutFromStore(wish, made, measure)
    return restored && keep(wish, restored)
  }

  return {
    ready,
    layOut: async (wish) => {
      engine ??= new Elk({ workerUrl: engineUrl, workerFactory: startWorker })
      return ready(wish) ?? keep(wish, await layOut(wish, engine, measure))
    },
  }
}

const mostKnown = 60

const startWorker = (url?: string) => new Worker(url ?? engineUrl)

function keyOf({ chart, direction, collapsed }: LayoutWish): string {
  return [chart.machineId, chart.fingerprint, direction, ...[...collapsed].sort()].join(' ')
}
