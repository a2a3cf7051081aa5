/** How far a mouse must move before it drags, in px. */
export const mouseSlop = 5

/** How close to an edge a drag starts to scroll, in px. */
const edge = 72

/** The maximum scroll speed, in px per second. */
const maxSpeed = 1_080

/** Caps the time between two frames, in ms, so that a page does not jump after it was frozen. */
const maxElapsed = 100

/**
 * How fast a drag scrolls: the closer to an edge, the faster.
 * @param y the pointer's `clientY`
 * @param top the upper edge of the scrolled area in the window, such as below the sticky header
 * @param bottom its lower edge
 * @returns px per second, negative for upwards
 */
export function findScrollSpeed(y: number, top: number, bottom: number): number {
  const above = Math.min(Math.max(top + edge - y, 0), edge)
  const below = Math.min(Math.max(y - (bottom - edge), 0), edge)
  return ((below - above) / edge) * maxSpeed
}

/** Something that scrolls during a drag. */
export interface Scroller {
  /** Its upper and lower edge in the window, in px. */
  readEdges: () => { top: number; bottom: number }
  readTop: () => number
  scrollBy: (options: ScrollToOptions) => void
}

const pageScroller: Scroller = {
  // Below the page's header.
  readEdges: () => ({
    top: document.querySelector('header')?.getBoundingClientRect().bottom ?? 0,
    bottom: window.innerHeight,
  }),
  readTop: () => window.scrollY,
  scrollBy: (options) => window.scrollBy(options),
}

/** An element that scrolls its content. */
export const createElementScroller = (element: Element): Scroller => ({
  readEdges: () => element.getBoundingClientRect(),
  readTop: () => element.scrollTop,
  scrollBy: (options) => element.scrollBy(options),
})

/**
 * Scrolls the page, or a part of it, while a dragging pointer is near one of its edges.
 * @returns a function to call in each frame with the pointer's `clientY` and the frame's time; it
 *   returns whether the content has moved
 */
export function createEdgeScroll(scroller = pageScroller): (y: number, now: number) => boolean {
  let last: number | undefined
  return (y, now) => {
    const elapsed = Math.min(now - (last ?? now), maxElapsed)
    last = now
    const edges = scroller.readEdges()
    const top = Math.round((findScrollSpeed(y, edges.top, edges.bottom) * elapsed) / 1_000)
    const before = scroller.readTop()
    if (top !== 0) scroller.scrollBy({ top, behavior: 'instant' })
    return scroller.readTop() !== before
  }
}

interface FollowedPointer {
  /** Called with its position in the window. */
  onMove: (x: number, y: number) => void
  /** Whether it has moved far enough to drag. */
  isDragging: () => boolean
  /** Called once, when the pointer is released or the drag is cancelled. */
  onEnd: (isDrop: boolean) => void
}

/** Follows a pressed pointer until it is released; Escape cancels a drag. */
export function followPointer(pointerId: number, { onMove, isDragging, onEnd }: FollowedPointer) {
  const controller = new AbortController()
  const { signal } = controller
  const listen = <Type extends keyof WindowEventMap>(
    type: Type,
    handle: (event: WindowEventMap[Type]) => void,
    options: AddEventListenerOptions = {},
  ) => window.addEventListener(type, handle, { ...options, capture: true, signal })
  const isOurs = (event: PointerEvent) => event.pointerId === pointerId

  function end(isDrop: boolean) {
    if (signal.aborted) return
    controller.abort()
    onEnd(isDrop)
  }

  listen('pointermove', (event) => isOurs(event) && onMove(event.clientX, event.clientY))
  listen('pointerup', (event) => {
    if (!isOurs(event)) return
    if (isDragging()) {
      onMove(event.clientX, event.clientY)
      ignoreNextClick()
    }
    end(true)
  })
  listen('pointercancel', (event) => isOurs(event) && end(false))
  listen('blur', ({ target }) => target === window && end(false))
  listen('keydown', (event) => {
    if (!isDragging() || event.key !== 'Escape') return
    event.preventDefault()
    event.stopImmediatePropagation()
    end(false)
  })
  return { listen, cancel: () => end(false) }
}

/** The click that ends a drag is not meant for the element under it. */
function ignoreNextClick() {
  const controller = new AbortController()
  const suppress = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('click', suppress, { capture: true, signal: controller.signal })
  setTimeout(() => controller.abort())
}
