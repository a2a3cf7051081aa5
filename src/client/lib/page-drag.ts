/** How far a mouse goes before it drags, in px. */
export const mouseSlop = 5

/** How near to an edge of the window a drag scrolls it, in px. */
const edge = 72

/** The most that it scrolls, in px per second. */
const maxSpeed = 1_080

/**
 * The longest time between two frames that counts, in ms: a page that stood still does not jump.
 */
const maxElapsed = 100

/**
 * How fast a drag scrolls: the faster, the nearer to an edge.
 * @param y the pointer's `clientY`
 * @param top where what is scrolled begins in the window, such as below the sticky header
 * @param bottom where it ends
 * @returns px per second, negative for upwards
 */
export function findScrollSpeed(y: number, top: number, bottom: number): number {
  const above = Math.min(Math.max(top + edge - y, 0), edge)
  const below = Math.min(Math.max(y - (bottom - edge), 0), edge)
  return ((below - above) / edge) * maxSpeed
}

/** What is scrolled while something is dragged over it. */
export interface Scroller {
  /** Where it begins and ends in the window, in px. */
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
export const elementScroller = (element: Element): Scroller => ({
  readEdges: () => element.getBoundingClientRect(),
  readTop: () => element.scrollTop,
  scrollBy: (options) => element.scrollBy(options),
})

/**
 * Scrolls the page, or a part of it, while a pointer that drags is near an edge of it.
 * @returns what to call in each frame with the pointer's `clientY` and the frame's time; it returns
 *   whether the content has moved
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
  /** Called with its place in the window. */
  onMove: (x: number, y: number) => void
  /** Whether it has gone far enough to drag. */
  isDragging: () => boolean
  /** Called once: it was let go of, or the drag was cancelled. */
  onEnd: (isDrop: boolean) => void
}

/** Follows a pointer that is pressed until it is let go of; Escape cancels a drag. */
export function followPointer(pointerId: number, { onMove, isDragging, onEnd }: FollowedPointer) {
  const listening = new AbortController()
  const { signal } = listening
  const listen = <Type extends keyof WindowEventMap>(
    type: Type,
    hear: (event: WindowEventMap[Type]) => void,
    options: AddEventListenerOptions = {},
  ) => window.addEventListener(type, hear, { ...options, capture: true, signal })
  const isOurs = (event: PointerEvent) => event.pointerId === pointerId

  function end(isDrop: boolean) {
    if (signal.aborted) return
    listening.abort()
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

/** The click that ends a drag is not meant for what is under it. */
function ignoreNextClick() {
  const listening = new AbortController()
  const stop = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('click', stop, { capture: true, signal: listening.signal })
  setTimeout(() => listening.abort())
}
