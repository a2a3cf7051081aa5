import type { VideoInput } from '#machines/video.context.ts'

export interface Following {
  /** Scrolls to the picks again, unless the user has done something since. */
  repeat: () => void
  end: () => void
}

/** Scrolls to new picks, and again whenever the status line above them takes more or fewer lines. */
export function followPicks(list: HTMLElement | null, added: readonly VideoInput[]): Following {
  const ending = new AbortController()
  const end = () => ending.abort()
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    window.addEventListener(event, end, { signal: ending.signal, passive: true })
  }
  const repeat = () => {
    if (!ending.signal.aborted) scrollToPicks(list, added)
  }
  repeat()
  const line = findStatusLine(list)
  if (line) {
    const observer = new ResizeObserver(repeat)
    observer.observe(line)
    ending.signal.addEventListener('abort', () => observer.disconnect())
  }
  return { repeat, end }
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
  if (!list || !first?.checkVisibility()) return
  const start = readStickyHeight(list)
  const end = window.innerHeight - readFloatingHeight(last ?? first)
  const { top } = first.getBoundingClientRect()
  const bottom = last?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY
  if (top < start || bottom - top > end - start) window.scrollBy(0, top - start)
  else if (bottom > end) window.scrollBy(0, bottom - end)
}

/** The height of what sticks above a list's rows while they scroll, in px. */
function readStickyHeight(list: HTMLElement): number {
  const padding = Number.parseFloat(readPageStyle().scrollPaddingTop)
  const line = findStatusLine(list)
  if (!line) return padding
  const { position, top } = getComputedStyle(line)
  // On a phone, the line may wrap.
  return position === 'sticky'
    ? Math.max(padding, Number.parseFloat(top) + line.offsetHeight)
    : padding
}

const findStatusLine = (list: HTMLElement | null) =>
  list?.closest('[data-chapter-id]')?.querySelector<HTMLElement>('.status-line')

/** The height of what floats over the end of the window, in px. */
const readFloatingHeight = (row: Element): number =>
  Number.parseFloat(readPageStyle().scrollPaddingBottom) +
  Number.parseFloat(getComputedStyle(row).scrollMarginBottom)

const readPageStyle = () => getComputedStyle(document.documentElement)
