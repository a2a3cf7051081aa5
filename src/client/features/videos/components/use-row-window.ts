import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useDeferredValue, useEffect, useRef } from 'react'
import type { Video } from '#contract/videos.ts'
import type { VideoInput } from '#machines/video.machine.ts'
import type { VideoActor } from '../workspace.tsx'

interface RowsToShow {
  videos: Video[]
  actors: ReadonlyMap<string, VideoActor>
  /** Of the list from the top of the page, in px. */
  offset: number
  /** Picks that are on their way to the screen. */
  placed: VideoInput[]
}

/**
 * Decides which rows are mounted: those near the window, and those that are being edited or have the
 * focus. Picks are scrolled to; the frame that brings them mounts the rows that it will show, and
 * what is beyond the window follows when there is time for it.
 */
export function useRowWindow(
  list: RefObject<HTMLElement | null>,
  { videos, actors, offset, placed }: RowsToShow,
) {
  const recentlyPlaced = useDeferredValue(placed)
  const inFirstFrame = placed.length > 0 ? placed : recentlyPlaced
  const firstPlaced = placed[0]?.id
  const scrolledTo = useRef<string>(undefined)
  const isScrollDue = firstPlaced !== undefined && firstPlaced !== scrolledTo.current

  // Not a layout effect: the dialog that closes makes the page usable again only after those, which
  // would make the browser lay the page out twice. The picks are on screen in the same frame all the same.
  useEffect(() => {
    if (!isScrollDue) return
    scrolledTo.current = firstPlaced
    scrollToPicks(list.current, placed)
  }, [isScrollDue, firstPlaced, placed, list])

  return useWindowVirtualizer({
    count: videos.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => videos[index]?.id ?? index,
    overscan: rowsBeyondWindow,
    measureElement: (row: HTMLLIElement, entry, virtualizer) =>
      // To ask a row for its size would make the browser lay out the page at once. The observer's entry
      // comes in the same frame. A folded chapter's rows have no size, and all would fit the window.
      (entry && measureElement(row, entry, virtualizer)) || sizeBefore(row, virtualizer),
    rangeExtractor: (range) => {
      const shown = isScrollDue ? whereScrolled(videos, placed) : range
      return withUsed(inOneFrame(range, shown, inFirstFrame), videos, actors)
    },
    scrollMargin: offset,
  })
}

/** In px, of a row without notes. */
const usualHeight = 61

/** Enough for a screenful to be there already when the page is scrolled by one. */
const rowsBeyondWindow = 14

/** So many picks are all mounted in the frame that brings them; of more, those that the window shows. */
const picksInOneFrame = 20

const rowsInWindow = () => Math.ceil(window.innerHeight / usualHeight)

const sizeBefore = (row: HTMLLIElement, virtualizer: Virtualizer<Window, HTMLLIElement>) =>
  virtualizer.measurementsCache[virtualizer.indexFromElement(row)]?.size || usualHeight

/** The rows in the window once it shows the picks: all of them, or as many as fit from the first one on. */
function whereScrolled(videos: Video[], placed: VideoInput[]) {
  const first = videos.findIndex(({ id }) => id === placed[0]?.id)
  const startIndex = Math.max(0, Math.min(first, first + placed.length - rowsInWindow()))
  return { startIndex, endIndex: startIndex + rowsInWindow() }
}

function inOneFrame(
  range: Range,
  { startIndex, endIndex }: Pick<Range, 'startIndex' | 'endIndex'>,
  placed: VideoInput[],
): Range {
  if (placed.length === 0) return range
  const few = placed.length > picksInOneFrame ? 0 : placed.length
  const last = Math.min(Math.max(endIndex, startIndex + few), range.count - 1)
  return { ...range, startIndex, endIndex: last, overscan: 1 }
}

/** A chapter that is folded has no place on the page to scroll to; nothing happens. */
function scrollToPicks(list: HTMLElement | null, placed: VideoInput[]) {
  const rowOf = (video: VideoInput | undefined) =>
    video && list?.querySelector(`[data-video-id="${video.id}"]`)
  const doFit = placed.length < rowsInWindow()
  if (doFit) rowOf(placed.at(-1))?.scrollIntoView({ block: 'nearest' })
  else rowOf(placed[0])?.scrollIntoView({ block: 'start' })
}

function withUsed(
  range: Range,
  videos: Video[],
  actors: ReadonlyMap<string, VideoActor>,
): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const edited = [...actors.values()].filter((actor) => actor.getSnapshot().hasTag('editing'))
  const ids = new Set([focused, ...edited.map(({ id }) => id)])
  const used = videos.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return [...new Set([...defaultRangeExtractor(range), ...used])].sort((one, other) => one - other)
}
