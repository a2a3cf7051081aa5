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

export type ViewportHandle = ReturnType<typeof useViewport>

/** What presses on the surface; it drags once it has moved so far that it can't be a click any more. */
interface Press {
  at: Point
  isDragging: boolean
}

/** Pan and zoom of a drawing by pointer, wheel and pinch. The wheel moves, and zooms with Ctrl, as in design tools. */
export function useViewport(surface: RefObject<HTMLElement | null>) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 })
  const [screen, setScreen] = useState<Size | null>(null)
  const pointers = useRef(new Map<number, Press>())

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
    if (event.button !== 0 || isOnButton(event)) return
    const at = pointIn(event.currentTarget, event)
    pointers.current.set(event.pointerId, { at, isDragging: false })
  }, [])

  const onPointerMove = useCallback((event: PointerEvent<HTMLElement>) => {
    const press = pointers.current.get(event.pointerId)
    if (!press) return
    // It was let go beyond the surface.
    if (event.buttons === 0) return void pointers.current.delete(event.pointerId)
    const { at } = press
    const now = pointIn(event.currentTarget, event)
    if (!press.isDragging && distance(at, now) < dragFrom) return
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId)
    pointers.current.set(event.pointerId, { at: now, isDragging: true })
    event.currentTarget.setPointerCapture(event.pointerId)
    setViewport((viewport) =>
      other
        ? zoomAt(viewport, distance(now, other[1].at) / distance(at, other[1].at), other[1].at)
        : moveBy(viewport, now.x - at.x, now.y - at.y),
    )
  }, [])

  const onPointerEnd = useCallback((event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
  }, [])

  const isHeld = useCallback(() => pointers.current.size > 0, [])

  return {
    ...{ viewport, setViewport, screen, isHeld },
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: onPointerEnd,
      onPointerCancel: onPointerEnd,
    },
  }
}

const dragFrom = 4

function isOnButton({ target }: { target: EventTarget }): boolean {
  return target instanceof Element && target.closest('button') !== null
}

function pointIn(element: Element, { clientX, clientY }: { clientX: number; clientY: number }) {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

const distance = (a: Point, b: Point) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
