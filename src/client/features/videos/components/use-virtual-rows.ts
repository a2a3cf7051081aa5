import {
  defaultRangeExtractor,
  measureElement,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useDeferredValue, useEffect, useRef } from 'react'
import type { Video } from '#contract/videos.ts'
import type { PendingVideos } from '#machines/pending-videos.ts'
import type { VideoInput } from '#machines/video.context.ts'
import { type Following, followPicks } from './follow-picks.ts'
import { observeScroll } from './observe-scroll.ts'
import { estimateHeight, limitToFirstFrame, rangeAfterScroll, withUsedRows } from './row-range.ts'
import { nearOverscan, useOverscan } from './use-overscan.ts'

interface VirtualRowsOptions {
  videos: Video[]
  /** The chapter's pending videos, to find those that are being edited. */
  pending: PendingVideos
  /** The list's distance from the top of the page, in px. */
  offset: number
  /** Picks that have not been painted yet. */
  added: VideoInput[]
  /** Links are in flight. */
  isBusy: boolean
  /** Whether to mount rows other than those in use. */
  isNear: boolean
  /** The media library covers the page. */
  isCovered: boolean
}

/**
 * Mounts the rows near the viewport, those being edited or focused and, when there is time, all
 * others of a chapter that is not too long. Scrolls to new picks, whose first frame mounts only the
 * rows that it shows.
 */
export function useVirtualRows(
  list: RefObject<HTMLElement | null>,
  { videos, pending, offset, added, isBusy, isNear, isCovered }: VirtualRowsOptions,
) {
  const recentlyAdded = useDeferredValue(added)
  const inFirstFrame = added.length > 0 ? added : recentlyAdded
  const firstAdded = added[0]?.id
  const scrolledTo = useRef<string>(undefined)
  const following = useRef<Following>(undefined)
  const isScrollDue = firstAdded !== undefined && firstAdded !== scrolledTo.current
  const { overscan, isGrowing, isPrinting } = useOverscan(list, {
    count: videos.length,
    isBusy: isBusy || inFirstFrame.length > 0,
    isNear,
    isCovered,
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

  // Not a layout effect: the closing dialog makes the page usable again only after those, so that
  // scrolling would cost a second layout. The picks are on screen in the same frame anyway.
  useEffect(() => {
    if (!isScrollDue) return
    scrolledTo.current = firstAdded
    following.current?.end()
    following.current = followPicks(list.current, added)
  }, [isScrollDue, firstAdded, added, list])

  // Once measured, rows turn out to be taller or shorter than estimated.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the height changes
  useEffect(() => following.current?.repeat(), [height])
  useEffect(() => {
    if (isBusy || isGrowing) return
    const timer = setTimeout(() => following.current?.end(), measuringTime)
    return () => clearTimeout(timer)
  }, [isBusy, isGrowing])

  const isWhole = overscan >= videos.length
  useEffect(() => (isWhole ? skipFarRows(virtualizer) : undefined), [isWhole, virtualizer])

  return virtualizer
}

/**
 * Lets the browser skip the layout of the mounted rows that are far from the viewport. A row on
 * screen would be skipped, too, until the next frame, and its buttons would miss a press.
 * @returns a function that ends it
 */
function skipFarRows({ elementsCache, range, indexFromElement }: RowVirtualizer): () => void {
  const { startIndex = 0, endIndex = 0 } = range ?? {}
  const isFar = (index: number) =>
    index < startIndex - nearOverscan || index > endIndex + nearOverscan
  const rows = [...elementsCache.values()].filter((row) => isFar(indexFromElement(row)))
  for (const row of rows) row.toggleAttribute('data-skippable', true)
  return () => {
    for (const row of rows) row.removeAttribute('data-skippable')
  }
}

type RowVirtualizer = Virtualizer<Window, HTMLLIElement>

const knownSize = (row: HTMLLIElement, virtualizer: RowVirtualizer) =>
  virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size || estimateHeight()

/** How long the last rows may take to be mounted and measured, in ms. */
const measuringTime = 1_000
