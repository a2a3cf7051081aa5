import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { AddIcon } from '../../../ui/icons.tsx'
import { FitIcon, MinusIcon } from '../components/chart-icons.tsx'
import type { Box, ChartLayout } from '../layout/layout.ts'
import { ChartDrawing, type ChartDrawingProps } from './chart-drawing.tsx'
import { Minimap } from './minimap.tsx'
import { partInSight } from './sight.ts'
import { useViewport } from './use-viewport.ts'
import {
  firstView,
  moveBy,
  type Size,
  type Viewport,
  wholeIn,
  withInSight,
  zoomAt,
} from './viewport.ts'

type ChartCanvasProps = ChartDrawingProps & {
  title: string
  /** Changes when another chart is shown, which then is seen from its beginning. */
  chartKey: string
}

/** The picture of a chart on a surface that can be moved and zoomed. */
export function ChartCanvas({ title, chartKey, ...drawing }: ChartCanvasProps) {
  const { layout, marks, selectedId, onSelect } = drawing
  const surface = useRef<HTMLDivElement>(null)
  const { viewport, setViewport, screen, handlers } = useViewport(surface)
  const [begunKey, setBegunKey] = useState('')

  if (screen && begunKey !== chartKey) {
    setBegunKey(chartKey)
    setViewport(firstView(layout, screen, boxOf(layout, selectedId)))
  }

  useEffect(() => {
    if (screen) setViewport((now) => withInSight(now, boxOf(layout, selectedId), screen))
  }, [selectedId, layout, screen, setViewport])

  const zoom = (factor: number) =>
    screen &&
    setViewport((now) => zoomAt(now, factor, { x: screen.width / 2, y: screen.height / 2 }))
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (event.target !== event.currentTarget) return
    if (move) setViewport((now) => moveBy(now, ...move))
    else if (event.key === '+' || event.key === '=') zoom(1.25)
    else if (event.key === '-') zoom(0.8)
    else if (event.key === '0' && screen) setViewport(wholeIn(layout, screen))
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and this is a picture to move about
    <div
      ref={surface}
      role="group"
      aria-label={`Picture of ${title}: arrow keys move it, plus and minus zoom, 0 shows all`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved and zoomed by keyboard
      tabIndex={0}
      className="absolute inset-0 cursor-grab touch-none overflow-hidden bg-canvas select-none focus-visible:outline-offset-[-2px] active:cursor-grabbing"
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <svg aria-hidden="true" className="size-full" onClick={() => onSelect('')}>
        <g transform={`translate(${viewport.x} ${viewport.y}) scale(${viewport.scale})`}>
          {screen && <GradualDrawing key={chartKey} {...{ viewport, screen, drawing }} />}
        </g>
      </svg>
      {screen && (
        <Minimap
          layout={layout}
          marks={marks}
          viewport={viewport}
          screen={screen}
          onMove={setViewport}
        />
      )}
      <div className="absolute top-3 right-3 flex cursor-default flex-col rounded-lg border border-line bg-surface p-0.5 shadow-raised">
        <IconButton size="small" label="Zoom in" icon={<AddIcon />} onClick={() => zoom(1.25)} />
        <IconButton size="small" label="Zoom out" icon={<MinusIcon />} onClick={() => zoom(0.8)} />
        <IconButton
          size="small"
          label="Show all of it"
          icon={<FitIcon />}
          onClick={() => screen && setViewport(wholeIn(layout, screen))}
        />
      </div>
    </div>
  )
}

type GradualDrawingProps = { viewport: Viewport; screen: Size; drawing: ChartDrawingProps }

/** The picture of what is in sight at first, and the rest of it in a rendering after that. */
function GradualDrawing({ viewport, screen, drawing }: GradualDrawingProps) {
  const isWhole = useDeferredValue(true, false)
  const [inSight] = useState(() => partInSight(drawing.layout, viewport, screen))
  return <ChartDrawing {...drawing} layout={isWhole ? drawing.layout : inSight} />
}

const step = 80
const moves: Record<string, [number, number]> = {
  ArrowLeft: [step, 0],
  ArrowRight: [-step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step],
}

function boxOf({ states, arrows }: ChartLayout, id: string | null): Box | undefined {
  if (id === null) return undefined
  const state = states.find(({ visible }) => visible.state.id === id)
  if (state) return state.box
  const arrow = arrows.find(({ arrow: { transitions } }) =>
    transitions.some((one) => one.id === id),
  )
  if (arrow) return arrow.label
  return states.find(({ visible }) => visible.own.some((own) => own.id === id))?.box
}
