import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useRef,
  useState,
} from 'react'
import { ChartDrawing, type ChartDrawingProps } from './chart-drawing.tsx'
import { Minimap } from './minimap.tsx'
import { placeOf } from './places.ts'
import { partInSight } from './sight.ts'
import { useKeptInSight } from './use-kept-in-sight.ts'
import { useViewport } from './use-viewport.ts'
import { firstView, moveBy, type Size, type Viewport, wholeIn, zoomAt } from './viewport.ts'
import { ZoomButtons } from './zoom-buttons.tsx'

type ChartCanvasProps = ChartDrawingProps & {
  title: string
  /** Changes when another chart is shown, which then is seen from its beginning. */
  chartKey: string
  /** The words for what is pointed at or chosen, if anything is. */
  details: ReactNode
}

/** The picture of a chart on a surface that can be moved and zoomed. */
export function ChartCanvas({ title, chartKey, details, ...drawing }: ChartCanvasProps) {
  const { layout, marks, selectedId, onSelect } = drawing
  const clickedId = useRef<string | null>(null)
  const surface = useRef<HTMLDivElement>(null)
  const card = useRef<HTMLDivElement>(null)
  const handle = useViewport(surface)
  const { viewport, setViewport, screen, handlers } = handle
  const [begunKey, setBegunKey] = useState('')

  if (screen && begunKey !== chartKey) {
    setBegunKey(chartKey)
    setViewport(firstView(layout, screen, placeOf(layout, selectedId)))
  }
  useKeptInSight(chartKey, drawing, handle, card, clickedId)
  const onClick = useCallback(
    (id: string) => {
      clickedId.current = id
      onSelect(id)
    },
    [onSelect],
  )

  const zoom = (factor: number) =>
    screen &&
    setViewport((now) => zoomAt(now, factor, { x: screen.width / 2, y: screen.height / 2 }))
  const showAll = () => screen && setViewport(wholeIn(layout, screen))
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (event.target !== event.currentTarget) return
    if (move) setViewport((now) => moveBy(now, ...move))
    else if (event.key === '+' || event.key === '=') zoom(1.25)
    else if (event.key === '-') zoom(0.8)
    else if (event.key === '0') showAll()
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
          {screen && (
            <GradualDrawing
              key={chartKey}
              {...{ viewport, screen }}
              drawing={{ ...drawing, onSelect: onClick }}
            />
          )}
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
      <ZoomButtons onZoom={zoom} onShowAll={showAll} />
      {details !== null && (
        <div ref={card} className={cardLook}>
          {details}
        </div>
      )}
    </div>
  )
}

const cardLook =
  'pointer-events-none absolute bottom-3 left-3 max-w-[min(26rem,calc(100%-1.5rem))] rounded-lg border border-line bg-raised/95 px-3 py-2 text-sm shadow-floating'

type GradualDrawingProps = { viewport: Viewport; screen: Size; drawing: ChartDrawingProps }

/** The picture of what is in sight at first, and the rest of it in a rendering after that. */
function GradualDrawing({ viewport, screen, drawing }: GradualDrawingProps) {
  const isWhole = useDeferredValue(true, false)
  const { layout } = drawing
  return (
    <ChartDrawing {...drawing} layout={isWhole ? layout : partInSight(layout, viewport, screen)} />
  )
}

const step = 80
const moves: Record<string, [number, number]> = {
  ArrowLeft: [step, 0],
  ArrowRight: [-step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step],
}
