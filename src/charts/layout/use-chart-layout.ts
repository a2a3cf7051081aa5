import { useEffect, useState } from 'react'
import type { LayoutWish } from './lay-out.ts'
import type { ChartLayout } from './layout.ts'
import type { LayoutService } from './layout-service.ts'

/** The layout of what is wished for; until that is there, the one before it, or null at first. */
export function useChartLayout(service: LayoutService, wish: LayoutWish): ChartLayout | null {
  const { chart, direction, collapsed } = wish
  const [shown, setShown] = useState<{ of: string; layout: ChartLayout } | null>(null)
  const ready = service.ready(wish)
  // React takes such a change while it renders: what was shown must be known when something else is wished for.
  if (ready && ready !== shown?.layout) setShown({ of: chart.machineId, layout: ready })

  useEffect(() => {
    let isWanted = true
    const wanted = { chart, direction, collapsed }
    if (service.ready(wanted)) return
    service.layOut(wanted).then(
      (layout) => isWanted && setShown({ of: chart.machineId, layout }),
      (error: unknown) => {
        reportError(error)
      },
    )
    return () => {
      isWanted = false
    }
  }, [service, chart, direction, collapsed])

  return ready ?? (shown?.of === chart.machineId ? shown.layout : null)
}
