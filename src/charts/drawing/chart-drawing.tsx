import { memo } from 'react'
import type { ChartLayout, PlacedInitial } from '../layout/chart-layout.ts'
import { ArrowHeads, ArrowLines, formatPath } from './arrow-lines.tsx'
import type { ChartMarks } from './marks.ts'
import { StateBox } from './state-box.tsx'
import { TextBlocks } from './text-blocks.tsx'
import { TransitionCounts, TransitionRows } from './transition-rows.tsx'

export type ChartDrawingProps = {
  layout: ChartLayout
  marks: ChartMarks
  /** The id of the selected state or transition. */
  selectedId: string | null
  onSelect: (id: string) => void
  onHover: (id: string | null) => void
  onToggle: (stateId: string) => void
}

/**
 * A chart in SVG: frames, lines, labels, and all text on top. Memoized, so that panning re-renders
 * nothing.
 */
export const ChartDrawing = memo(function ChartDrawing(props: ChartDrawingProps) {
  const { layout, marks, selectedId, onSelect, onHover, onToggle } = props
  const rows = { marks, selectedId, onSelect, onHover }
  return (
    <g>
      <ArrowHeads />
      {layout.states.map((placed) => (
        <StateBox
          key={placed.visible.state.id}
          placed={placed}
          marks={marks}
          isSelected={placed.visible.state.id === selectedId}
          onSelect={onSelect}
          onHover={onHover}
          onToggle={onToggle}
        />
      ))}
      {layout.initials.map((initial) => (
        <Initial key={initial.id} initial={initial} />
      ))}
      {layout.arrows.map((placed) => (
        <ArrowLines key={placed.arrow.id} placed={placed} marks={marks} />
      ))}
      {layout.arrows.map(({ arrow, label, text }) => (
        <g key={arrow.id}>
          <rect {...label} rx={6} className="fill-raised stroke-line" />
          <TransitionRows text={text} box={label} {...rows} />
          <TextBlocks text={text} at={label} rim="stroke-transparent" />
        </g>
      ))}
      {layout.states.map(({ visible, box, text, depth }) => (
        <g key={visible.state.id}>
          <TransitionRows
            text={text}
            box={{ ...box, x: box.x + 5, width: box.width - 10 }}
            {...rows}
          />
          <TextBlocks
            text={text}
            at={box}
            rim={getRim(marks.active.has(visible.state.id) && visible.children.length === 0, depth)}
          />
        </g>
      ))}
      {marks.counts && <TransitionCounts layout={layout} counts={marks.counts} />}
    </g>
  )
})

function getRim(isFilled: boolean, depth: number): string {
  if (isFilled) return 'stroke-accent-soft'
  return depth % 2 === 0 ? 'stroke-canvas' : 'stroke-surface'
}

const Initial = ({ initial: { dot, line } }: { initial: PlacedInitial }) => (
  <>
    <circle
      cx={dot.x + dot.width / 2}
      cy={dot.y + dot.height / 2}
      r={dot.width / 2}
      className="fill-ink"
    />
    <path d={formatPath(line)} className="fill-none stroke-ink" markerEnd="url(#chart-head-ink)" />
  </>
)
