import { useMemo } from 'react'
import type { Box, ChartLayout } from '../layout/chart-layout.ts'
import type { TextBox } from '../layout/chart-text.ts'
import { type CountPlace, placeCounts } from '../layout/place-counts.ts'
import { type ChartMarks, toHeat } from './marks.ts'

type TransitionRowsProps = {
  text: TextBox
  box: Box
  marks: ChartMarks
  selectedId: string | null
  onSelect: (id: string) => void
  onHover: (id: string | null) => void
}

/** Draws the mark and the pointer target behind the text of each transition. */
export const TransitionRows = ({ text, box, ...rest }: TransitionRowsProps) => (
  <>
    {text.blocks.map(
      (block) =>
        block.transitionId !== null && (
          <TransitionRow
            key={block.transitionId}
            {...rest}
            id={block.transitionId}
            row={{ x: box.x, width: box.width, y: box.y + block.y - 2, height: block.height + 4 }}
          />
        ),
    )}
  </>
)

type TransitionRowProps = Omit<TransitionRowsProps, 'text' | 'box'> & { id: string; row: Box }

function TransitionRow({ id, row, marks, selectedId, onSelect, onHover }: TransitionRowProps) {
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the outline serves the keyboard */}
      <rect
        {...row}
        rx={5}
        data-transition-id={id}
        data-taken={marks.taken.has(id) || undefined}
        data-selected={id === selectedId || undefined}
        className={getMarkClass(id, marks)}
        onClick={(event) => {
          event.stopPropagation()
          onSelect(id)
        }}
        onPointerEnter={() => onHover(id)}
        onPointerLeave={() => onHover(null)}
      />
      {id === selectedId && <SelectionRim row={row} />}
    </>
  )
}

const SelectionRim = ({ row: { x, y, width, height } }: { row: Box }) => (
  <rect
    x={x - 3}
    y={y - 3}
    width={width + 6}
    height={height + 6}
    rx={8}
    strokeWidth={2}
    className="pointer-events-none fill-none stroke-ink"
  />
)

function getMarkClass(id: string, marks: ChartMarks): string {
  if (marks.taken.has(id)) return 'fill-accent-soft stroke-accent stroke-2'
  if (marks.found.has(id)) return 'fill-warning-soft stroke-warning'
  if (marks.counts?.get(id) === 0) {
    return 'fill-danger-soft stroke-danger [stroke-dasharray:2_4]'
  }
  return 'fill-transparent hover:fill-hover'
}

/** Shows how often each counted transition was taken. */
export function TransitionCounts({
  layout,
  counts,
}: {
  layout: ChartLayout
  counts: ReadonlyMap<string, number>
}) {
  const places = useMemo(() => placeCounts(layout), [layout])
  return [...places].map(([id, place]) => {
    const count = counts.get(id)
    return count !== undefined && <CountBadge key={id} place={place} count={count} />
  })
}

const CountBadge = ({ place, count }: { place: CountPlace; count: number }) => (
  <text
    x={place.anchor === 'start' ? place.x : place.x + place.width}
    y={place.y + 10}
    textAnchor={place.anchor}
    fontSize={10}
    fontWeight={600}
    strokeWidth={4}
    strokeLinejoin="round"
    paintOrder="stroke"
    className={`pointer-events-none stroke-surface ${toHeat(count) === 'none' ? 'fill-danger' : 'fill-success'}`}
  >
    {count === 0 ? 'never' : `×${formatShort(count)}`}
  </text>
)

/** Formats a count of up to a million in at most four characters. */
const formatShort = (count: number) => (count < 10_000 ? count : `${Math.floor(count / 1_000)}k`)
