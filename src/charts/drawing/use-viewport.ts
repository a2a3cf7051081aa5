import {
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Point } from '../layout/chart-layout.ts'
import { panBy, type Size, type Viewport, zoomAt } from './viewport.ts'

export type ViewportControl = ReturnType<typeof useViewport>

/** A pressed pointer, which starts dragging once it has moved too far for a click. */
interface Press {
  at: Point
  isDragging: boolean
}

/**
 * Pans and zooms a drawing by pointer, wheel and pinch. As in design tools, the wheel pans, and
 * zooms with Ctrl.
 * @param createStart creates the first viewport, for the measured screen
 */
export function useViewport(
  surface: RefObject<HTMLElement | null>,
  createStart: (screen: Size) => Viewport,
) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 })
  const [screen, setScreen] = useState<Size | null>(null)
  const pointers = useRef(new Map<number, Press>())
  const start = useEffectEvent((size: Size) => setViewport(createStart(size)))

  useLayoutEffect(() => {
    const element = surface.current
    if (!element) return
    const measure = () =>
      setScreen((now) => {
        const size = readSize(element)
        return now?.width === size.width && now.height === size.height ? now : size
      })
    const observer = new ResizeObserver(measure)
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      setViewport((now) =>
        event.ctrlKey || event.metaKey
          ? zoomAt(now, Math.exp(-event.deltaY / 200), toSurfacePoint(element, event))
          : panBy(now, -event.deltaX, -event.deltaY),
      )
    }
    // Measure before the first paint, so that the drawing appears in its final place.
    measure()
    start(readSize(element))
    observer.observe(element)
    // React's wheel listeners are passive, so they can't keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [surface])

  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || isOnButton(event)) return
    const at = toSurfacePoint(event.currentTarget, event)
    pointers.current.set(event.pointerId, { at, isDragging: false })
  }, [])

  const onPointerMove = useCallback((event: PointerEvent<HTMLElement>) => {
    const press = pointers.current.get(event.pointerId)
    if (!press) return
    // The pointer was released outside the surface.
    if (event.buttons === 0) return void pointers.current.delete(event.pointerId)
    const { at } = press
    const now = toSurfacePoint(event.currentTarget, event)
    if (!press.isDragging && measureDistance(at, now) < minDragDistance) return
    const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId)
    pointers.current.set(event.pointerId, { at: now, isDragging: true })
    event.currentTarget.setPointerCapture(event.pointerId)
    setViewport((viewport) =>
      other
        ? zoomAt(
            viewport,
            measureDistance(now, other[1].at) / measureDistance(at, other[1].at),
            other[1].at,
          )
        : panBy(viewport, now.x - at.x, now.y - at.y),
    )
  }, [])

  const onPointerEnd = useCallback((event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
  }, [])

  const isPressed = useCallback(() => pointers.current.size > 0, [])

  return {
    viewport,
    setViewport,
    screen,
    isPressed,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: onPointerEnd,
      onPointerCancel: onPointerEnd,
    },
  }
}

const minDragDistance = 4

const readSize = ({ clientWidth, clientHeight }: HTMLElement): Size => ({
  width: clientWidth,
  height: clientHeight,
})

function isOnButton({ target }: { target: EventTarget }): boolean {
  return target instanceof Element && target.closest('button') !== null
}

function toSurfacePoint(
  element: Element,
  { clientX, clientY }: { clientX: number; clientY: number },
) {
  const { left, top } = element.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

const measureDistance = (a: Point, b: Point) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
