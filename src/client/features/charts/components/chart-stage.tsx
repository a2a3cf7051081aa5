import { useState } from 'react'
import type { Chart } from '../chart.ts'
import { ChartCanvas } from '../drawing/chart-canvas.tsx'
import type { ChartMarks } from '../drawing/marks.ts'
import type { Direction } from '../layout/layout.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import { useChartLayout } from '../layout/use-chart-layout.ts'
import { ItemDetails } from './item-details.tsx'

type ChartStageProps = {
  chart: Chart
  direction: Direction
  service: LayoutService
  marks: ChartMarks
  selectedId: string | null
  onSelect: (id: string) => void
  collapsed: ReadonlySet<string>
  onToggle: (stateId: string) => void
}

/** The picture, and a card with the words of what is pointed at or chosen. */
export function ChartStage(props: ChartStageProps) {
  const { chart, direction, service, marks, selectedId, onSelect, collapsed, onToggle } = props
  const [pointedId, setPointedId] = useState<string | null>(null)
  const layout = useChartLayout(service, { chart, direction, collapsed })
  const describedId = pointedId ?? selectedId
  return (
    <section aria-label="Picture" className="relative min-h-0 min-w-0 flex-1">
      {layout ? (
        <ChartCanvas
          title={chart.machineId}
          chartKey={`${chart.machineId} ${direction}`}
          layout={layout}
          marks={marks}
          selectedId={selectedId}
          onSelect={onSelect}
          onPoint={setPointedId}
          onToggle={onToggle}
        />
      ) : (
        <p role="status" className="grid size-full place-items-center text-ink-soft">
          Laying the chart out …
        </p>
      )}
      {describedId !== null && (
        <div className="pointer-events-none absolute bottom-3 left-3 max-w-[min(26rem,calc(100%-1.5rem))] rounded-lg border border-line bg-raised/95 px-3 py-2 text-sm shadow-floating">
          <ItemDetails chart={chart} id={describedId} />
        </div>
      )}
    </section>
  )
}
