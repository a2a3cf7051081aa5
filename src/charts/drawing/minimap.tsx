import type { PointerEvent } from 'react'
import type { ChartLayout } from '../layout/layout.ts'
import type { ChartMarks } from './marks.ts'
import { type Size, sightOf, type Viewport } from './viewport.ts'

type MinimapProps = {
  layout: ChartLayout
  marks: ChartMarks
  viewport: Viewport
  screen: Size
  onMove: (viewport: Viewport) => void
}

const room = { width: 150, height: 130 }

/** The whole chart, small, with a frame around what is seen; pressing it goes there. */
export function Minimap({ layout, marks, viewport, screen, onMove }: MinimapProps) {
  const scale = Math.min(room.width / layout.width, room.height / layout.height)
  const goTo = (event: PointerEvent<SVGSVGElement>) => {
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
      onPointerDown={goTo}
      onPointerMove={goTo}
      className="absolute right-3 bottom-3 cursor-pointer touch-none overflow-hidden rounded-md border border-line bg-surface/90 shadow-raised max-sm:hidden"
    >
      {layout.states.map(({ visible: { state }, box, depth }) => (
        <rect
          key={state.id}
          {...box}
          rx={10}
          strokeWidth={1 / scale}
          className={`stroke-line-strong/60 ${marks.active.has(state.id) && state.states.length === 0 ? 'fill-accent/60' : depths[depth % 2]}`}
        />
      ))}
      <rect
        {...sightOf(viewport, screen)}
        strokeWidth={1.5 / scale}
        className="fill-accent/10 stroke-accent"
      />
    </svg>
  )
}

const depths = ['fill-canvas', 'fill-surface']
