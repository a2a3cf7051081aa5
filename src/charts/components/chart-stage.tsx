import { useState } from 'react'
import { errorMessage } from '#shared/error-message.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { ChartCanvas } from '../drawing/chart-canvas.tsx'
import type { ChartMarks } from '../drawing/marks.ts'
import type { LayoutRequest } from '../layout/compute-layout.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import { useChartLayout } from '../layout/use-chart-layout.ts'
import { findItemDetails, type ItemDetails } from './item-details.ts'

type ChartStageProps = LayoutRequest & {
  service: LayoutService
  marks: ChartMarks
  selectedId: string | null
  onSelect: (id: string) => void
  onToggle: (stateId: string) => void
}

/** The picture, and a card with details of the hovered or selected item. */
export function ChartStage(props: ChartStageProps) {
  const { chart, direction, collapsed, exits, service, marks, selectedId, onSelect, onToggle } =
    props
  const [hoveredId, setHoveredId] = useState<string | null>(null)
  const { layout, failure, retry } = useChartLayout(service, {
    chart,
    direction,
    collapsed,
    ...(exits && { exits }),
  })
  const detailsId = hoveredId ?? selectedId
  const details = detailsId === null ? null : findItemDetails(chart, detailsId)
  return (
    <section aria-label="Picture" className="relative min-h-0 min-w-0 flex-1">
      {failure !== null && (
        <div className="absolute inset-x-4 top-4 z-10 rounded-lg bg-raised shadow-floating">
          <ErrorNotice
            title="The chart couldn’t be laid out."
            reason={errorMessage(failure)}
            onRetry={retry}
          />
        </div>
      )}
      {layout?.simplification !== undefined && (
        <p
          role="status"
          className="absolute inset-x-4 top-4 z-10 mx-auto w-fit max-w-[40rem] rounded-lg border border-line bg-raised px-3 py-2 text-sm shadow-floating"
        >
          {layout.simplification}
        </p>
      )}
      {layout ? (
        <ChartCanvas
          // Another chart or direction starts with a new viewport.
          key={`${chart.machineId} ${direction}`}
          title={chart.machineId}
          layout={layout}
          marks={marks}
          selectedId={selectedId}
          onSelect={onSelect}
          onHover={setHoveredId}
          onToggle={onToggle}
          details={details && <DetailsCard details={details} />}
        />
      ) : (
        failure === null && (
          <p role="status" className="grid size-full place-items-center text-ink-soft">
            Laying out the chart…
          </p>
        )
      )}
    </section>
  )
}

const DetailsCard = ({ details: { title, description, facts } }: { details: ItemDetails }) => (
  <>
    <p className="font-semibold">{title}</p>
    {description !== '' && <p>{description}</p>}
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm text-ink-soft">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd className="text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  </>
)
