import { useRef } from 'react'
import type { PlacedState } from '../layout/chart-layout.ts'
import type { ChartMarks } from './marks.ts'

type StateBoxProps = {
  placed: PlacedState
  marks: ChartMarks
  isSelected: boolean
  onSelect: (id: string) => void
  onHover: (id: string | null) => void
  onToggle: (id: string) => void
}

/**
 * A state's box, or its frame if it has states inside. Its text is drawn later, over the arrows.
 */
export function StateBox({
  placed,
  marks,
  isSelected,
  onSelect,
  onHover,
  onToggle,
}: StateBoxProps) {
  const { visible, box, text, depth, isMain } = placed
  const { id, kind, states } = visible.state
  const expandedAt = useRef(Number.NEGATIVE_INFINITY)
  const isActive = marks.active.has(id)
  const isFrame = visible.children.length > 0
  const classes = [
    isActive && !isFrame ? 'fill-accent-soft' : fills[depth % 2],
    getStroke(isActive, isMain),
  ]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the outline serves the keyboard
    <g
      data-state-id={id}
      data-active={isActive || undefined}
      data-selected={isSelected || undefined}
      onClick={(event) => {
        event.stopPropagation()
        onSelect(id)
        if (!visible.isCollapsed) return
        expandedAt.current = event.timeStamp
        onToggle(id)
      }}
      onDoubleClick={(event) => {
        event.stopPropagation()
        // The first click of the double click has just expanded the state.
        if (event.timeStamp - expandedAt.current < doubleClickTime) return
        // The root never collapses: only an empty box would be left.
        if (states.length > 0 && visible.parent) onToggle(id)
      }}
      onPointerEnter={() => onHover(id)}
      onPointerLeave={() => onHover(null)}
    >
      <rect
        {...box}
        rx={kind === 'history' ? 18 : 9}
        className={classes.join(' ')}
        strokeWidth={isActive || isMain ? 2 : 1}
        // An attribute, because programs that render SVG files may ignore style sheets.
        strokeDasharray={visible.parent?.state.kind === 'parallel' ? '6 4' : undefined}
      />
      {kind === 'final' && <InnerRim placed={placed} />}
      {isFrame && (
        <line
          x1={box.x}
          x2={box.x + box.width}
          y1={box.y + text.height}
          y2={box.y + text.height}
          className="stroke-line"
        />
      )}
      {marks.found.has(id) && <Rim placed={placed} className="stroke-warning" offset={4} />}
      {isSelected && <Rim placed={placed} className="stroke-ink" offset={4} />}
    </g>
  )
}

/** The longest time between the two clicks of a double click, in ms: the usual system default. */
const doubleClickTime = 500

function getStroke(isActive: boolean, isMain: boolean): string {
  if (isActive) return 'stroke-accent'
  return isMain ? 'stroke-ink' : 'stroke-line-strong'
}

const fills = ['fill-canvas', 'fill-surface']

const InnerRim = ({ placed }: { placed: PlacedState }) => (
  <Rim placed={placed} className="stroke-line-strong" offset={-3} />
)

type RimProps = { placed: PlacedState; className: string; offset: number }

const Rim = ({ placed: { box }, className, offset }: RimProps) => (
  <rect
    x={box.x - offset}
    y={box.y - offset}
    width={box.width + 2 * offset}
    height={box.height + 2 * offset}
    rx={9 + offset}
    fill="none"
    strokeWidth={offset < 0 ? 1 : 2}
    className={className}
  />
)
