import { findScroll } from '../drop-place.ts'

/** How far a mouse goes before it drags, in px. */
export const mouseSlop = 5

/**
 * Scrolls the page if a pointer that drags is near an edge of the window; called once a frame.
 * @param y the pointer's height in the window
 * @returns whether the page has moved
 */
export function scrollNearEdge(y: number): boolean {
  const scroll = findScroll(y, readTop(), window.innerHeight)
  const before = window.scrollY
  if (scroll !== 0) window.scrollBy({ top: scroll, behavior: 'instant' })
  return window.scrollY !== before
}

/** Where the page begins below its header, in px. */
const readTop = () => document.querySelector('header')?.getBoundingClientRect().bottom ?? 0

/** The click that ends a drag is not meant for what is under it. */
export function ignoreNextClick() {
  const listening = new AbortController()
  const stop = (event: Event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('click', stop, { capture: true, signal: listening.signal })
  setTimeout(() => listening.abort())
}
