import {
  defaultRangeExtractor,
  measureElement,
  type Range,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
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

  const virtualizer = useWindowVirtualizer({
    count: videos.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => videos[index]?.id ?? index,
    overscan: rowsBeyondWindow,
    measureElement: (row: HTMLLIElement, entry, list) =>
      // To ask a row for its size would make the browser lay out the page at once. The observer's entry
      // comes in the same frame. A folded chapter's rows have no size, and all would fit the window.
      (entry && measureElement(row, entry, list)) || sizeBefore(row, list),
    rangeExtractor: (range) => withUsed(range, videos, actors),
    scrollMargin: offset,
    scrollPaddingStart: headerHeight,
  })

  const scrolledTo = useRef<string>(undefined)
  const firstPlaced = snapshot.context.placed[0]?.id
  useLayoutEffect(() => {
    if (firstPlaced === undefined || firstPlaced === scrolledTo.current) return
    scrolledTo.current = firstPlaced
    // A chapter that is folded has no place on the page to scroll to.
    if (!list.current?.checkVisibility()) return
    virtualizer.scrollToIndex(videos.findIndex(({ id }) => id === firstPlaced))
  }, [firstPlaced, videos, virtualizer])

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

/** In px, of what covers the top of the page. */
const headerHeight = 64

/** Enough for a screenful to be there already when the page is scrolled by one, few enough to mount in a frame. */
const rowsBeyondWindow = 14

const sizeBefore = (row: HTMLLIElement, list: Virtualizer<Window, HTMLLIElement>) =>
  list.measurementsCache[list.indexFromElement(row)]?.size || usualHeight

const actorsById = ({ children }: ChapterSnapshot) =>
  new Map(videosIn(children).map((actor) => [actor.id, actor]))

function withUsed(range: Range, videos: Video[], actors: Map<string, VideoActor>): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const used = videos.flatMap(({ id }, index) =>
    id === focused || actors.get(id)?.getSnapshot().hasTag('editing') ? [index] : [],
  )
  return [...new Set([...defaultRangeExtractor(range), ...used])].sort((one, other) => one - other)
}

/** After a removal the row that moved up has the focus, or the last one. */
function focusRemoval(list: HTMLElement | null, index: number) {
  const buttons = [0, 1].map((back) =>
    list?.querySelector<HTMLElement>(`[data-index="${index - back}"] [data-action="remove"]`),
  )
  buttons.find((button) => button)?.focus()
}
