import { useEffect, useState } from 'react'
import type { ChartLayout } from './chart-layout.ts'
import type { LayoutRequest } from './compute-layout.ts'
import type { LayoutService } from './layout-service.ts'

/** The requested layout. While it is computed, the machine's previous one, or null. */
export function useChartLayout(service: LayoutService, request: LayoutRequest): ChartLayout | null {
  const { chart, direction, collapsed } = request
  const [latest, setLatest] = useState<{ machineId: string; layout: ChartLayout } | null>(null)
  const ready = service.getLayout(request)
  // Kept for the next request, whose layout may not be ready. React restarts the render at once.
  if (ready && ready !== latest?.layout) setLatest({ machineId: chart.machineId, layout: ready })

  useEffect(() => {
    let isCurrent = true
    const current = { chart, direction, collapsed }
    if (service.getLayout(current)) return
    service.computeLayout(current).then(
      (layout) => isCurrent && setLatest({ machineId: chart.machineId, layout }),
      (error: unknown) => {
        reportError(error)
      },
    )
    return () => {
      isCurrent = false
    }
  }, [service, chart, direction, collapsed])

  return ready ?? (latest?.machineId === chart.machineId ? latest.layout : null)
}
