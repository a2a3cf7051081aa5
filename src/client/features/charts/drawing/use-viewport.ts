import {
  type PointerEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Point } from '../layout/layout.ts'
import { moveBy, type Size, type Viewport, zoomAt } from './viewport.ts'

/** Pan and zoom of a drawing by pointer, wheel and pinch. The wheel moves, and zooms with Ctrl, as in design tools. */
export function useViewport(surface: RefObject<HTMLElement | null>) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 })
  const [screen, setScreen] = useState<Size | null>(null)
  const pointers = useRef(new Map<number, Point>())

  useLayoutEffect(() => {
    const element = surface.current
    if (!element) return
    const measure = () =>
      setScreen((now) => {
        const size = { width: element.clientWidth, height: element.clientHeight }
        return now?.width === size.width && now.height === size.height ? now : size
      })
    const observer = new ResizeObserver(measure)
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      setViewport((now) =>
        event.ctrlKey || event.metaKey
          ? zoomAt(now, Math.exp(-event.deltaY / 200), pointIn(element, event))
          : moveBy(now, -event.deltaX, -event.deltaY),
      )
    }
    // Before the first frame, so that it shows the drawing where it will stay.
    measure()
    observer.observe(element)
    // React listens passively, and then the page would scroll too.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [surface])

  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    pointers.current.set(event.pointerId, pointIn(event.currentTarget, event))
  }, [])

  const onPointerMove = useCallback((event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const now = pointIn(event.currentTarget, event)
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId)
    pointers.current.set(event.pointerId, now)
    // A click on a state must stay a click, so that the pointer is only captured once it moves.
    event.currentTarget.setPointerCapture(event.pointerId)
    setViewport((viewport) =>
      other
        ? zoomAt(viewport, distance(now, other[1]) / distance(before, other[1]), other[1])
        : moveBy(viewport, now.x - before.x, now.y - before.y),
    )
  }, [])

  const onPointerEnd = useCallback((event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
  }, [])

  return {
    viewport,
    setViewport,
    screen,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: onPointerEnd,
      onPointerCancel: onPointerEnd,
    },
  }
}

function pointIn(element: Element, { clientX, clientY }: { clientX: number; clientY: number }) {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

const distance = (a: Point, b: Point) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
