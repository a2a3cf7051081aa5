import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { flushSync } from 'react-dom'
import { focusContent } from '#ui/focus.ts'
import { findRowToFocus, findStepTarget, isInPlace, type Step } from './arrange-rows.ts'
import { useAuthoring } from './authoring-context.tsx'
import { removeVideos } from './change-videos.ts'
import { dispatchToVideos } from './dispatch-videos.ts'
import type { ShownVideo } from './fold-videos.ts'
import { type MoveTarget, moveVideos } from './move-videos.ts'
import { listRetryable } from './retryable.ts'
import { useReveal } from './reveal.store.ts'
import { readSelected } from './selected-videos.ts'
import { useSelection } from './selection.store.ts'
import { readShownVideos } from './use-chapter.ts'

/**
 * The commands for the selected rows of a page.
 * @param chapterIds the page's chapters, in order
 */
export function useSelectionCommands(chapterIds: readonly string[]) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return useMemo(() => {
    const readRows = (chapterId: string) => readShownVideos(authoring, queryClient, chapterId)
    const readPage = () => chapterIds.flatMap(readRows)
    const read = () => readSelected(authoring, queryClient, chapterIds)

    /** The selected rows for which a retry can help. */
    function readRetryable(): ShownVideo[] {
      const { ids } = useSelection.getState()
      const retryable = chapterIds.flatMap((id) => listRetryable(readRows(id)))
      return retryable.filter(({ id }) => ids.has(id))
    }

    /** Moves videos unless they are already there; returns whether it moved them. */
    function move(videos: readonly ShownVideo[], target: MoveTarget): boolean {
      if (isInPlace(readRows(target.chapterId), videos, target.after)) return false
      flushSync(() => moveVideos(authoring, queryClient, videos, target))
      return true
    }

    return {
      read,
      readRows,
      readPage,
      move,

      /** Moves the selected rows together past the next row of a chapter. */
      step(chapterId: string, step: Step) {
        const { ids } = useSelection.getState()
        move(read(), { chapterId, after: findStepTarget(readRows(chapterId), ids, step) })
      },

      /** Removes the selected rows, and moves the focus to one that stays. */
      remove() {
        const selected = read()
        const going = new Set(selected.map(({ id }) => id))
        const staying = findRowToFocus(readPage(), going)
        flushSync(() => {
          useSelection.getState().clear()
          removeVideos(authoring, selected)
        })
        if (staying) focusRow(staying.id)
        else focusContent()
      },

      readRetryable,

      retry() {
        dispatchToVideos(
          authoring,
          readRetryable().map((video) => ({ video, event: { type: 'video.retry' } })),
        )
      },
    }
  }, [authoring, queryClient, chapterIds])
}

export type SelectionCommands = ReturnType<typeof useSelectionCommands>

/** Focuses a row. Scrolls to one that is not mounted, whatever the options. */
export function focusRow(videoId: string, options?: FocusOptions) {
  const row = findRow(videoId)
  if (row?.checkVisibility()) row.focus(options)
  else useReveal.getState().reveal(videoId)
}

const findRow = (videoId: string) =>
  document.querySelector<HTMLElement>(`[data-video-id="${videoId}"]`)
