import { useCallback, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useShallow } from 'zustand/react/shallow'
import { describeError, isGone } from '#client/lib/http.ts'
import type { Chapter } from '#contract/chapters.ts'
import type { Video } from '#contract/videos.ts'
import { EmptyState, ErrorNotice } from '#ui/feedback.tsx'
import { focusContent } from '#ui/focus.ts'
import { FilmIcon } from '#ui/icons.tsx'
import { usePageOffset } from '#ui/use-page-offset.ts'
import { useAuthoring } from '../authoring-context.tsx'
import { removeVideos } from '../change-videos.ts'
import { useVideoDispatch } from '../dispatch-videos.ts'
import type { ShownVideo } from '../fold-videos.ts'
import { findDuplicateRows } from '../retryable.ts'
import { useSelection } from '../selection.store.ts'
import { useFindVideoActor, useShownVideos } from '../use-chapter.ts'
import type { RenderUpload } from './row-content.tsx'
import { useRowPlaces } from './row-places.ts'
import { estimateHeight } from './row-range.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useListRenaming } from './use-list-renaming.ts'
import { useNamePaste } from './use-name-paste.ts'
import { useRevealedRow } from './use-revealed-row.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useVirtualRows } from './use-virtual-rows.ts'
import { VideoRow } from './video-row.tsx'

type VideoListProps = {
  chapter: Chapter
  /** Whether to load its list, and to mount its rows as they come near the viewport. */
  isNear: boolean
  /** Whether videos can be added to the chapter. */
  canAdd: boolean
  /** The media library covers the page. */
  isCovered: boolean
  onPlay: (video: Video) => void
  /** Asks where to move videos. */
  onMove: (videos: readonly Video[]) => void
  /** Asks how to rename videos, given the names that were pasted for them. */
  onRename: (videos: readonly ShownVideo[], names: string) => void
  renderUpload: RenderUpload
}

/** A chapter's rows, all virtual except those being edited or focused. */
export function VideoList(props: VideoListProps) {
  const { chapter, isNear, canAdd, isCovered, onPlay, onMove, onRename, renderUpload } = props
  const { videos, pending, query, context, snapshot } = useShownVideos(chapter.id, isNear)
  const dispatch = useVideoDispatch()
  const findActor = useFindVideoActor()
  const list = useRef<HTMLUListElement>(null)
  const offset = usePageOffset(list)
  const virtualizer = useVirtualRows(list, {
    videos,
    pending,
    offset,
    added: context.added,
    isBusy: snapshot?.hasTag('busy') ?? false,
    isNear,
    isCovered,
  })

  useRevealedRow(list, videos, virtualizer)
  useRowPlaces(chapter.id, list, virtualizer)
  useKeptFocus(list)

  const authoring = useAuthoring()
  const remove = useCallback(
    (video: ShownVideo) => {
      const next = findNeighbour(list.current, video)
      // Before the list changes: moving the focus afterwards would force a layout.
      next?.focus({ preventScroll: true })
      flushSync(() => removeVideos(authoring, [video]))
      if (!next) focusContent()
    },
    [authoring],
  )

  const moveOne = useCallback((video: Video) => onMove([video]), [onMove])
  const handleKey = useRowKeys(list, videos, virtualizer, {
    dispatch,
    onPlay,
    onMove: moveOne,
    remove,
  })
  const selected = useSelection(useShallow(({ ids }) => findSelected(videos, ids)))
  const renaming = useListRenaming(list, videos, dispatch)
  const handlePaste = useNamePaste(videos, dispatch, onRename)
  const [activeId, setActiveId] = useState<string>()
  const height = virtualizer.getTotalSize()
  const shownRows = virtualizer.getVirtualItems()
  const tabStop = shownRows.find(({ key }) => key === activeId)?.key ?? shownRows[0]?.key
  const duplicateRows = useMemo(() => findDuplicateRows(videos), [videos])

  // A notice above the videos says that the chapter is gone.
  if (query.isError && videos.length === 0 && !isGone(query.error)) {
    return (
      <div className="p-3">
        <ErrorNotice
          title="The videos couldn’t be loaded."
          reason={describeError(query.error)}
          onRetry={query.refetch}
        />
      </div>
    )
  }
  return (
    <>
      {videos.length === 0 && query.data && (
        <EmptyState icon={<FilmIcon />} title={canAdd ? 'No videos yet' : 'No videos'}>
          {canAdd
            ? 'Add as many as you like from the media library. They appear right away.'
            : undefined}
        </EmptyState>
      )}
      <ul
        ref={list}
        aria-label={`Videos in ${chapter.title}`}
        className="relative print:h-auto!"
        onDoubleClick={renaming.handleDoubleClick}
        onPaste={handlePaste}
        onKeyDown={(event) => {
          renaming.handleKey(event)
          handleKey(event)
        }}
        onFocus={({ target }) => setActiveId(readVideoId(target))}
        style={{ height: query.data ? height : Math.max(height, estimateList(chapter)) }}
      >
        {shownRows.map(({ index, start }) => {
          const video = videos[index]
          return (
            video && (
              <VideoRow
                key={video.id}
                video={video}
                actor={findActor(video.id)}
                index={index}
                count={videos.length}
                offset={start - offset}
                measure={virtualizer.measureElement}
                dispatch={dispatch}
                onPlay={onPlay}
                onMove={moveOne}
                onRemove={remove}
                isTabStop={video.id === tabStop}
                isSelected={selected.has(video.id)}
                renderUpload={renderUpload}
                duplicateRowId={
                  video.status === 'failed' ? duplicateRows.get(video.mediaId) : undefined
                }
              />
            )
          )
        })}
      </ul>
    </>
  )
}

/**
 * Finds the row to focus after a removal: the next one, else the previous one. The row takes the
 * focus, not its Remove button, so that a second press doesn't remove it too.
 */
function findNeighbour(list: HTMLElement | null, { id }: Video): HTMLElement | undefined {
  const findRow = (selector: string) => list?.querySelector<HTMLElement>(selector) ?? undefined
  const index = Number(findRow(`[data-video-id="${id}"]`)?.dataset.index)
  return findRow(`[data-index="${index + 1}"]`) ?? findRow(`[data-index="${index - 1}"]`)
}

/** The height to reserve for a list until it has loaded, in px, so that nothing jumps then. */
const estimateList = ({ videoCount = 0 }: Chapter) => videoCount * estimateHeight()

const readVideoId = (element: Element) =>
  element.closest<HTMLElement>('[data-video-id]')?.dataset.videoId

const findSelected = (videos: readonly Video[], ids: ReadonlySet<string>): ReadonlySet<string> =>
  ids.size === 0 ? ids : new Set(videos.map(({ id }) => id).filter((id) => ids.has(id)))
