import { useEffect, useState } from 'react'
import type { ChartLayout } from './chart-layout.ts'
import type { LayoutRequest } from './compute-layout.ts'
import type { LayoutService } from './layout-service.ts'

interface ShownLayout {
  /** The requested layout; while it is being computed, the machine's previous one, or null. */
  layout: ChartLayout | null
  /** Why the requested layout could not be computed. */
  failure: unknown
  retry: () => void
}

/** Returns the layout of a chart's view, which is computed if the service does not have it yet. */
export function useChartLayout(service: LayoutService, request: LayoutRequest): ShownLayout {
  const { chart, direction, collapsed, exits = noExits } = request
  const [latest, setLatest] = useState<{ machineId: string; layout: ChartLayout } | null>(null)
  const [failed, setFailed] = useState<{ request: LayoutRequest; reason: unknown } | null>(null)
  const [attempt, setAttempt] = useState(0)
  const ready = service.getLayout(request)
  // Keep it for the next request, whose layout may not be ready. React re-renders immediately.
  if (ready && ready !== latest?.layout) setLatest({ machineId: chart.machineId, layout: ready })

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt repeats the computation
  useEffect(() => {
    let isCurrent = true
    const current = { chart, direction, collapsed, exits }
    if (service.getLayout(current)) return
    service.computeLayout(current).then(
      (layout) => isCurrent && setLatest({ machineId: chart.machineId, layout }),
      (reason: unknown) => isCurrent && setFailed({ request: current, reason }),
    )
    return () => {
      isCurrent = false
    }
  }, [service, chart, direction, collapsed, exits, attempt])

  const retry = () => {
    setFailed(null)
    setAttempt((count) => count + 1)
  }

  return {
    layout: ready ?? (latest?.machineId === chart.machineId ? latest.layout : null),
    failure: failed && !ready && isSameRequest(failed.request, request) ? failed.reason : null,
    retry,
  }
}

const isSameRequest = (a: LayoutRequest, b: LayoutRequest) =>
  a.chart === b.chart &&
  a.direction === b.direction &&
  a.collapsed === b.collapsed &&
  (a.exits ?? noExits) === (b.exits ?? noExits)

const noExits: ReadonlyMap<string, boolean> = new Map()
