import type { PointerEvent } from 'react'
import type { ChartLayout } from '../layout/chart-layout.ts'
import type { ChartMarks } from './marks.ts'
import { type Size, toVisibleArea, type Viewport } from './viewport.ts'

type MinimapProps = {
  layout: ChartLayout
  marks: ChartMarks
  viewport: Viewport
  screen: Size
  onMove: (viewport: Viewport) => void
}

const maxSize = { width: 150, height: 130 }

/** A small view of the whole chart, with a frame around the visible area; press or drag to pan. */
export function Minimap({ layout, marks, viewport, screen, onMove }: MinimapProps) {
  const scale = Math.min(maxSize.width / layout.width, maxSize.height / layout.height)
  const panTo = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 0) return
    event.stopPropagation()
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const [x, y] = [(event.clientX - left) / scale, (event.clientY - top) / scale]
    onMove({
      scale: viewport.scale,
      x: screen.width / 2 - x * viewport.scale,
      y: screen.height / 2 - y * viewport.scale,
    })
  }
  return (
    <svg
      aria-hidden="true"
      width={layout.width * scale}
      height={layout.height * scale}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      onPointerDown={panTo}
      onPointerMove={panTo}
      className="absolute right-3 bottom-3 cursor-pointer touch-none overflow-hidden rounded-md border border-line bg-surface/90 shadow-raised max-sm:hidden"
    >
      {layout.states.map(({ visible: { state }, box, depth }) => (
        <rect
          key={state.id}
          {...box}
          rx={10}
          strokeWidth={1 / scale}
          className={`stroke-line-strong/60 ${marks.active.has(state.id) && state.states.length === 0 ? 'fill-accent/60' : fills[depth % 2]}`}
        />
      ))}
      <rect
        {...toVisibleArea(viewport, screen)}
        strokeWidth={1.5 / scale}
        className="fill-accent/10 stroke-accent"
      />
    </svg>
  )
}

const fills = ['fill-canvas', 'fill-surface']
