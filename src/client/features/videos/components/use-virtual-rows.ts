import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useDeferredValue, useEffect, useRef } from 'react'
import type { Video } from '#contract/videos.ts'
import type { ChapterContext } from '#machines/chapter.machine.ts'
import type { VideoInput } from '#machines/video.context.ts'
import { observeScroll } from './observe-scroll.ts'
import { useOverscan } from './use-overscan.ts'

interface VirtualRowsOptions {
  videos: Video[]
  /** The chapter's pending videos, for those that are being edited. */
  pending: ChapterContext['videos']
  /** The list's distance from the top of the page, in px. */
  offset: number
  /** Picks on their way to the screen. */
  added: VideoInput[]
  /** Links are in flight. */
  isBusy: boolean
  /** Rows that nobody uses are mounted. */
  isNear: boolean
}

/**
 * Mounts the rows near the window, those that are being edited or have the focus, and the others of
 * a chapter of usual size when there is time. Scrolls to new picks; their first frame mounts only
 * the rows that it shows.
 */
export function useVirtualRows(
  list: RefObject<HTMLElement | null>,
  { videos, pending, offset, added, isBusy, isNear }: VirtualRowsOptions,
) {
  const recentlyAdded = useDeferredValue(added)
  const inFirstFrame = added.length > 0 ? added : recentlyAdded
  const firstAdded = added[0]?.id
  const scrolledTo = useRef<string>(undefined)
  const following = useRef<() => void>(undefined)
  const isScrollDue = firstAdded !== undefined && firstAdded !== scrolledTo.current
  const { overscan, isGrowing, isPrinting } = useOverscan(list, {
    count: videos.length,
    isBusy: isBusy || inFirstFrame.length > 0,
    isNear,
  })

  const virtualizer = useWindowVirtualizer({
    count: videos.length,
    observeElementOffset: observeScroll,
    useFlushSync: false,
    estimateSize: estimateHeight,
    getItemKey: (index) => videos[index]?.id ?? index,
    overscan,
    measureElement: (row: HTMLLIElement, entry, virtualizer) =>
      // Reading a row's size would force a layout; the observer's entry comes in the same frame.
      // Rows of a collapsed chapter have no size: counting them as 0 px high would mount them all.
      (entry && measureElement(row, entry, virtualizer)) || knownSize(row, virtualizer),
    rangeExtractor: (range) => {
      const shown = isScrollDue ? rangeAfterScroll(videos, added) : range
      const limited = limitToFirstFrame(range, shown, inFirstFrame)
      const near = isNear || isScrollDue || isPrinting ? defaultRangeExtractor(limited) : []
      return withUsedRows(near, videos, pending, inFirstFrame)
    },
    scrollMargin: offset,
  })
  const height = virtualizer.getTotalSize()

  // Not a layout effect: the closing dialog makes the page usable again only after those, which
  // would cost a second layout. The picks are on screen in the same frame anyway.
  useEffect(() => {
    if (!isScrollDue) return
    scrolledTo.current = firstAdded
    following.current = follow(list.current, added)
  }, [isScrollDue, firstAdded, added, list])

  // Rows turn out to be higher or lower than estimated as they are measured.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what has changed
  useEffect(() => following.current?.(), [height])
  useEffect(() => {
    if (isBusy || isGrowing) return
    const timer = setTimeout(() => {
      following.current = undefined
    }, measuringTime)
    return () => clearTimeout(timer)
  }, [isBusy, isGrowing])

  return { virtualizer, isWhole: overscan >= videos.length }
}

const phone = matchMedia('(width < 40rem)')

/** The height of a settled row whose name fits, in px. */
export const estimateHeight = () => (phone.matches ? 53 : 57)

/** Up to so many picks are all mounted in their first frame; of more, only those in the window. */
const maxPicksInFirstFrame = 20

const countRowsInWindow = () => Math.ceil(window.innerHeight / estimateHeight())

const knownSize = (row: HTMLLIElement, virtualizer: Virtualizer<Window, HTMLLIElement>) =>
  virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size || estimateHeight()

/**
 * The rows in the window after scrolling to the picks: all of them, or as many as fit from the
 * first.
 */
function rangeAfterScroll(videos: Video[], added: VideoInput[]) {
  const first = videos.findIndex(({ id }) => id === added[0]?.id)
  const startIndex = Math.max(0, Math.min(first, first + added.length - countRowsInWindow()))
  return { startIndex, endIndex: startIndex + countRowsInWindow() }
}

function limitToFirstFrame(
  range: Range,
  { startIndex, endIndex }: Pick<Range, 'startIndex' | 'endIndex'>,
  added: VideoInput[],
): Range {
  if (added.length === 0) return range
  const few = added.length > maxPicksInFirstFrame ? 0 : added.length
  const last = Math.min(Math.max(endIndex, startIndex + few), range.count - 1)
  return { ...range, startIndex, endIndex: last, overscan: 1 }
}

/** How long the last rows may take to be mounted and measured, in ms. */
const measuringTime = 1_000

/** Scrolls to picks, and on each later call again, until the user does something. */
function follow(list: HTMLElement | null, added: readonly VideoInput[]): () => void {
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
 * Shows all picks, or as many as fit from the first. A collapsed chapter has nothing to scroll to.
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

/** The height of what stays above the rows while they scroll, in px. */
const readStickyHeight = () =>
  Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop)

/** Adds the rows that must not go: edited ones, the focused one, and picks that are scrolled to. */
function withUsedRows(
  indexes: number[],
  videos: Video[],
  pending: ChapterContext['videos'],
  added: VideoInput[],
): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const edited = Object.values(pending).filter(({ isEditing }) => isEditing)
  const scrolledTo = added.slice(0, added.length > maxPicksInFirstFrame ? 1 : undefined)
  const ids = new Set([focused, ...[...edited, ...scrolledTo].map(({ id }) => id)])
  const used = videos.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return [...new Set([...indexes, ...used])].sort((one, other) => one - other)
}
