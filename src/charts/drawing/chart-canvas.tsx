import { type KeyboardEvent, type ReactNode, useCallback, useDeferredValue, useRef } from 'react'
import { ChartDrawing, type ChartDrawingProps } from './chart-drawing.tsx'
import { cropLayout } from './crop-layout.ts'
import { findBox } from './find-boxes.ts'
import { Minimap } from './minimap.tsx'
import { useAutoPan } from './use-auto-pan.ts'
import { useViewport } from './use-viewport.ts'
import { createViewport, fitToScreen, panBy, type Size, type Viewport, zoomAt } from './viewport.ts'
import { ZoomButtons } from './zoom-buttons.tsx'

type ChartCanvasProps = ChartDrawingProps & {
  title: string
  /** The details of the hovered or selected item, or null. */
  details: ReactNode
}

/** The picture of a chart, on a surface that pans and zooms. */
export function ChartCanvas({ title, details, ...drawing }: ChartCanvasProps) {
  const { layout, marks, selectedId, onSelect } = drawing
  const clickedId = useRef<string | null>(null)
  const surface = useRef<HTMLDivElement>(null)
  const card = useRef<HTMLDivElement>(null)
  const viewportControl = useViewport(surface, (size) =>
    createViewport(layout, size, findBox(layout, selectedId)),
  )
  const { viewport, setViewport, screen, handlers } = viewportControl
  useAutoPan(drawing, viewportControl, card, clickedId)
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
  const zoomToFit = () => screen && setViewport(fitToScreen(layout, screen))
  const onKeyDown = (event: KeyboardEvent) => {
    const offset = offsets[event.key]
    if (event.target !== event.currentTarget) return
    if (offset) setViewport((now) => panBy(now, ...offset))
    else if (event.key === '+' || event.key === '=') zoom(1.25)
    else if (event.key === '-') zoom(0.8)
    else if (event.key === '0') zoomToFit()
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={surface}
      role="group"
      aria-label={`Picture of ${title}: arrow keys pan, plus and minus zoom, 0 zooms to fit`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture pans and zooms by keyboard
      tabIndex={0}
      className="absolute inset-0 cursor-grab touch-none overflow-hidden bg-canvas select-none focus-visible:outline-offset-[-2px] active:cursor-grabbing"
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <svg aria-hidden="true" className="size-full" onClick={() => onSelect('')}>
        <g transform={`translate(${viewport.x} ${viewport.y}) scale(${viewport.scale})`}>
          {screen && (
            <ProgressiveDrawing
              viewport={viewport}
              screen={screen}
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
      <ZoomButtons onZoom={zoom} onZoomToFit={zoomToFit} />
      {details !== null && (
        <div ref={card} className={cardClass}>
          {details}
        </div>
      )}
    </div>
  )
}

const cardClass =
  'pointer-events-none absolute bottom-3 left-3 max-w-[min(26rem,calc(100%-1.5rem))] rounded-lg border border-line bg-raised/95 px-3 py-2 text-sm shadow-floating'

type ProgressiveDrawingProps = { viewport: Viewport; screen: Size; drawing: ChartDrawingProps }

/** Draws the visible part first, and the rest in a later render. */
function ProgressiveDrawing({ viewport, screen, drawing }: ProgressiveDrawingProps) {
  const isWhole = useDeferredValue(true, false)
  const { layout } = drawing
  return (
    <ChartDrawing {...drawing} layout={isWhole ? layout : cropLayout(layout, viewport, screen)} />
  )
}

const panStep = 80
const offsets: Record<string, [number, number]> = {
  ArrowLeft: [panStep, 0],
  ArrowRight: [-panStep, 0],
  ArrowUp: [0, panStep],
  ArrowDown: [0, -panStep],
}
