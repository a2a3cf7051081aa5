import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { VideoInput } from '../../../../../machines/video.machine.ts'
import type { Video } from '../../../../contract/videos.ts'
import { reasonOf } from '../../../lib/http.ts'
import { FilmIcon } from '../../../ui/icons.tsx'
import { EmptyState, ErrorNotice } from '../../../ui/states.tsx'
import { usePageOffset } from '../../../ui/use-page-offset.ts'
import {
  type ChapterSnapshot,
  useShownVideos,
  useVideoCommand,
  type VideoActor,
  videosIn,
} from '../workspace.tsx'
import { VideoRow } from './video-row.tsx'

type VideoListProps = { chapterId: string; label: string; onPlay: (video: Video) => void }

/** A chapter's rows. Only those near the window are mounted, and those that are being edited or have the focus. */
export function VideoList({ chapterId, label, onPlay }: VideoListProps) {
  const { videos, query, snapshot } = useShownVideos(chapterId)
  const send = useVideoCommand(chapterId)
  const list = useRef<HTMLUListElement>(null)
  const offset = usePageOffset(list)
  const actors = useMemo(() => actorsById(snapshot), [snapshot])
  const rows = useMemo(() => new Map(query.data?.videos.map((row) => [row.id, row])), [query.data])

  const { placed } = snapshot.context
  const firstPlaced = placed[0]?.id
  // Once these have been painted, what is beyond the window follows when there is time for it.
  const recentlyPlaced = useDeferredValue(placed)
  const inFirstFrame = firstPlaced === undefined ? recentlyPlaced : placed
  const scrolledTo = useRef<string>(undefined)
  const isScrollDue = firstPlaced !== undefined && firstPlaced !== scrolledTo.current

  const virtualizer = useWindowVirtualizer({
    count: videos.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => videos[index]?.id ?? index,
    overscan: rowsBeyondWindow,
    measureElement: (row: HTMLLIElement, entry, list) =>
      // To ask a row for its size would make the browser lay out the page at once. The observer's entry
      // comes in the same frame. A folded chapter's rows have no size, and all would fit the window.
      (entry && measureElement(row, entry, list)) || sizeBefore(row, list),
    rangeExtractor: (range) => {
      const shown = isScrollDue ? whereScrolled(videos, placed) : range
      return withUsed(inOneFrame(range, shown, inFirstFrame), videos, actors)
    },
    scrollMargin: offset,
  })

  // Not a layout effect: the dialog that closes makes the page usable again only after those, which
  // would make the browser lay the page out twice. The picks are on screen in the same frame all the same.
  useEffect(() => {
    if (!isScrollDue) return
    scrolledTo.current = firstPlaced
    scrollToPicks(list.current, placed)
  }, [isScrollDue, firstPlaced, placed])

  const remove = useCallback(
    (video: Video, index: number) => {
      flushSync(() => send(video, { type: 'video.remove' }))
      focusRemoval(list.current, index)
    },
    [send],
  )

  if (query.isError && videos.length === 0) {
    return (
      <div className="p-3">
        <ErrorNotice
          title="The videos could not be loaded."
          reason={reasonOf(query.error)}
          onRetry={query.refetch}
        />
      </div>
    )
  }
  return (
    <>
      {videos.length === 0 && query.isSuccess && (
        <EmptyState icon={<FilmIcon />} title="No videos yet">
          Pick as many as you like from the media library; they are here at once.
        </EmptyState>
      )}
      <ul
        ref={list}
        aria-label={label}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const video = videos[index]
          return (
            video && (
              <VideoRow
                key={video.id}
                video={video}
                row={rows.get(video.id)}
                askedAt={query.data?.askedAt}
                actor={actors.get(video.id)}
                index={index}
                count={videos.length}
                offset={start - offset}
                measure={virtualizer.measureElement}
                send={send}
                onPlay={onPlay}
                onRemove={remove}
              />
            )
          )
        })}
      </ul>
    </>
  )
}

/** In px, of a row without notes. */
const usualHeight = 61

/** Enough for a screenful to be there already when the page is scrolled by one. */
const rowsBeyondWindow = 14

/** So many picks are all mounted in the frame that brings them; of more, those that the window shows. */
const picksInOneFrame = 20

const rowsInWindow = () => Math.ceil(window.innerHeight / usualHeight)

const sizeBefore = (row: HTMLLIElement, list: Virtualizer<Window, HTMLLIElement>) =>
  list.measurementsCache[list.indexFromElement(row)]?.size || usualHeight

const actorsById = ({ children }: ChapterSnapshot) =>
  new Map(videosIn(children).map((actor) => [actor.id, actor]))

/** The rows in the window once it shows the picks: all of them, or as many as fit from the first one on. */
function whereScrolled(videos: Video[], placed: VideoInput[]) {
  const first = videos.findIndex(({ id }) => id === placed[0]?.id)
  const startIndex = Math.max(0, Math.min(first, first + placed.length - rowsInWindow()))
  return { startIndex, endIndex: startIndex + rowsInWindow() }
}

/** The rows that are mounted at once when picks come; those beyond the window follow a frame later. */
function inOneFrame(
  range: Range,
  { startIndex, endIndex }: Pick<Range, 'startIndex' | 'endIndex'>,
  placed: VideoInput[],
) {
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

/** Rows that have the focus or are being edited stay mounted wherever the page is scrolled to. */
function withUsed(range: Range, videos: Video[], actors: Map<string, VideoActor>): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const edited = [...actors.values()].filter((actor) => actor.getSnapshot().hasTag('editing'))
  const ids = new Set([focused, ...edited.map(({ id }) => id)])
  const used = videos.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return [...new Set([...defaultRangeExtractor(range), ...used])].sort((one, other) => one - other)
}

/** After a removal the row that moved up has the focus, or the last one. */
function focusRemoval(list: HTMLElement | null, index: number) {
  const buttons = [0, 1].map((back) =>
    list?.querySelector<HTMLElement>(`[data-index="${index - back}"] [data-action="remove"]`),
  )
  buttons.find((button) => button)?.focus()
}
