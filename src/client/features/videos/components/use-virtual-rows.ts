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
import type { VideoInput } from '#machines/video.machine.ts'

interface VirtualRowsOptions {
  videos: Video[]
  /** The chapter's pending videos, for those that are being edited. */
  pending: ChapterContext['videos']
  /** The list's distance from the top of the page, in px. */
  offset: number
  /** Picks on their way to the screen. */
  added: VideoInput[]
}

/**
 * Mounts the rows near the window, and those that are being edited or have the focus. Scrolls to new
 * picks; their first frame mounts only the rows that it shows, and the overscan follows when there is
 * time.
 */
export function useVirtualRows(
  list: RefObject<HTMLElement | null>,
  { videos, pending, offset, added }: VirtualRowsOptions,
) {
  const recentlyAdded = useDeferredValue(added)
  const inFirstFrame = added.length > 0 ? added : recentlyAdded
  const firstAdded = added[0]?.id
  const scrolledTo = useRef<string>(undefined)
  const isScrollDue = firstAdded !== undefined && firstAdded !== scrolledTo.current

  // Not a layout effect: the closing dialog makes the page usable again only after those, which would
  // cost a second layout. The picks are on screen in the same frame anyway.
  useEffect(() => {
    if (!isScrollDue) return
    scrolledTo.current = firstAdded
    scrollToPicks(list.current, added)
  }, [isScrollDue, firstAdded, added, list])

  return useWindowVirtualizer({
    count: videos.length,
    estimateSize: () => estimatedHeight,
    getItemKey: (index) => videos[index]?.id ?? index,
    overscan,
    measureElement: (row: HTMLLIElement, entry, virtualizer) =>
      // Reading a row's size would force a layout; the observer's entry comes in the same frame. Rows of
      // a collapsed chapter have no size: counting them as 0 px high would mount them all.
      (entry && measureElement(row, entry, virtualizer)) || knownSize(row, virtualizer),
    rangeExtractor: (range) => {
      const shown = isScrollDue ? rangeAfterScroll(videos, added) : range
      return withUsedRows(limitToFirstFrame(range, shown, inFirstFrame), videos, pending)
    },
    scrollMargin: offset,
  })
}

/** The height of a row without notes, in px. */
const estimatedHeight = 61

/** Enough for scrolling by a screenful without a blank frame. */
const overscan = 14

/** Up to so many picks are all mounted in their first frame; of more, only those in the window. */
const maxPicksInFirstFrame = 20

const countRowsInWindow = () => Math.ceil(window.innerHeight / estimatedHeight)

const knownSize = (row: HTMLLIElement, virtualizer: Virtualizer<Window, HTMLLIElement>) =>
  virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size || estimatedHeight

/** The rows in the window after scrolling to the picks: all of them, or as many as fit from the first. */
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

/** A collapsed chapter has nothing to scroll to. */
function scrollToPicks(list: HTMLElement | null, added: VideoInput[]) {
  const findRow = (video: VideoInput | undefined) =>
    video && list?.querySelector(`[data-video-id="${video.id}"]`)
  const allFit = added.length < countRowsInWindow()
  if (allFit) findRow(added.at(-1))?.scrollIntoView({ block: 'nearest' })
  else findRow(added[0])?.scrollIntoView({ block: 'start' })
}

function withUsedRows(range: Range, videos: Video[], pending: ChapterContext['videos']): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const edited = Object.values(pending).filter(({ isEditing }) => isEditing)
  const ids = new Set([focused, ...edited.map(({ id }) => id)])
  const used = videos.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return [...new Set([...defaultRangeExtractor(range), ...used])].sort((one, other) => one - other)
}
