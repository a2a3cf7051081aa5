import type { VideoInput } from '#machines/video.context.ts'

/**
 * Scrolls to new picks.
 * @returns a function that scrolls to them again, unless the user has done something since
 */
export function followPicks(list: HTMLElement | null, added: readonly VideoInput[]): () => void {
  const ending = new AbortController()
  const end = () => ending.abort()
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    window.addEventListener(event, end, { signal: ending.signal, passive: true })
  }
  scrollToPicks(list, added)
  return () => {
    if (!ending.signal.aborted) scrollToPicks(list, added)
  }
}

/**
 * Brings all picks into view, or as many as fit from the first. A collapsed chapter has nothing to
 * scroll to.
 */
function scrollToPicks(list: HTMLElement | null, added: readonly VideoInput[]) {
  const findRow = (video: VideoInput | undefined) =>
    video && list?.querySelector(`[data-video-id="${video.id}"]`)
  const first = findRow(added[0])
  const last = findRow(added.at(-1))
  if (first && last && fitsWindow(first, last)) last.scrollIntoView({ block: 'nearest' })
  else first?.scrollIntoView({ block: 'start' })
}

const fitsWindow = (first: Element, last: Element) =>
  last.getBoundingClientRect().bottom - first.getBoundingClientRect().top <=
  window.innerHeight - readStickyHeight()

/** The height of what sticks above the rows while they scroll, in px. */
const readStickyHeight = () =>
  Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)
