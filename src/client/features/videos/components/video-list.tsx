import { useCallback, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import { errorMessage } from '#client/lib/http.ts'
import type { Video } from '#contract/videos.ts'
import { EmptyState, ErrorNotice } from '#ui/feedback.tsx'
import { focusContent } from '#ui/focus.ts'
import { FilmIcon } from '#ui/icons.tsx'
import { usePageOffset } from '#ui/use-page-offset.ts'
import { type ChapterSnapshot, useShownVideos, useVideoCommand, videosIn } from '../workspace.tsx'
import { useRowWindow } from './use-row-window.ts'
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

  const virtualizer = useRowWindow(list, {
    videos,
    actors,
    offset,
    placed: snapshot.context.placed,
  })

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
          reason={errorMessage(query.error)}
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

const actorsById = ({ children }: ChapterSnapshot) =>
  new Map(videosIn(children).map((actor) => [actor.id, actor]))

/** After a removal the row that moved up has the focus, or the last one; without rows, the page's content. */
function focusRemoval(list: HTMLElement | null, index: number) {
  const buttons = [0, 1].map((back) =>
    list?.querySelector<HTMLElement>(`[data-index="${index - back}"] [data-action="remove"]`),
  )
  const next = buttons.find((button) => button)
  if (next) next.focus()
  else focusContent()
}
