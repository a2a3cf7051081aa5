import { useState } from 'react'
import type { Chart } from '../chart.ts'
import { ChartCanvas } from '../drawing/chart-canvas.tsx'
import type { ChartMarks } from '../drawing/marks.ts'
import type { Direction } from '../layout/layout.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import { useChartLayout } from '../layout/use-chart-layout.ts'
import { ItemDetails } from './item-details.tsx'
import { itemWords } from './item-words.ts'

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
  const words = describedId === null ? null : itemWords(chart, describedId)
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
          details={words && <ItemDetails words={words} />}
        />
      ) : (
        <p role="status" className="grid size-full place-items-center text-ink-soft">
          Laying the chart out …
        </p>
      )}
    </section>
  )
}
