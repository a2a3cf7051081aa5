import { useQueryClient } from '@tanstack/react-query'
import type { Virtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent, RefObject } from 'react'
import { flushSync } from 'react-dom'
import { findCommand } from '#client/lib/key-bindings.ts'
import { activeBindings } from '#client/lib/key-preferences.ts'
import type { Video } from '#contract/videos.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { useAuthoring } from '../authoring-context.tsx'
import { readSaved, type ShownVideo } from '../fold-videos.ts'
import { moveVideos } from '../move-videos.ts'
import { listRetryable } from '../retryable.ts'
import { useReveal } from '../reveal.store.ts'
import { type RowCommand, rowKeys } from '../row-keys.ts'

interface RowCommands {
  dispatch: (video: Video, event: VideoEvent) => void
  onPlay: (video: Video) => void
  onMove: (video: Video) => void
  remove: (video: ShownVideo) => void
}

type Step = (index: number, last: number) => number

/** Where the focus goes. */
const steps: Partial<Record<RowCommand, Step>> = {
  next: (index) => index + 1,
  previous: (index) => index - 1,
  first: () => 0,
  last: (_, last) => last,
}

/** Where the row goes, and the focus with it. */
const moves: Partial<Record<RowCommand, Step>> = {
  moveDown: (index) => index + 1,
  moveUp: (index) => index - 1,
  moveToStart: () => 0,
  moveToEnd: (_, last) => last,
}

/**
 * The keys of a chapter's rows: arrows move the focus, and with Alt the row; F2 renames, Delete
 * removes, P plays, M asks where to move it, R retries.
 * @returns the key handler of the list
 */
export function useRowKeys(
  list: RefObject<HTMLElement | null>,
  videos: readonly ShownVideo[],
  virtualizer: Virtualizer<Window, HTMLLIElement>,
  { dispatch, onPlay, onMove, remove }: RowCommands,
) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()

  function focusRow({ id }: Video) {
    const row = list.current?.querySelector<HTMLElement>(`[data-video-id="${id}"]`)
    if (row) row.focus()
    else useReveal.getState().reveal(id)
  }

  /** Keeps the focus on the row, or on its button or editor that has it. */
  function moveRow(video: ShownVideo, index: number, to: number) {
    const after = to > index ? videos[to] : videos[to - 1]
    const target = { chapterId: video.chapterId, after: after?.id ?? null }
    flushSync(() => moveVideos(authoring, queryClient, [video], target))
    virtualizer.scrollToIndex(to, { align: 'auto' })
  }

  function act(command: RowCommand, video: ShownVideo, index: number) {
    switch (command) {
      case 'rename':
        return dispatch(video, { type: 'video.edit', saved: readSaved(video) })
      case 'remove':
        return remove(video)
      case 'retry':
        return listRetryable(videos).includes(video) && dispatch(video, { type: 'video.retry' })
      case 'play':
        return onPlay(video)
      case 'move':
        return onMove(video)
      default:
        return step(command, video, index)
    }
  }

  function step(command: RowCommand, video: ShownVideo, index: number) {
    const last = videos.length - 1
    const to = (moves[command] ?? steps[command])?.(index, last) ?? index
    const next = videos[Math.max(0, Math.min(to, last))]
    if (!next) return
    if (!(command in moves)) focusRow(next)
    else if (next !== video) moveRow(video, index, videos.indexOf(next))
  }

  return (event: KeyboardEvent) => {
    const row = findRow(event)
    const index = videos.findIndex(({ id }) => id === row?.dataset.videoId)
    const video = videos[index]
    const command = readCommand(event, row)
    if (!video || !command) return
    act(command, video, index)
    event.preventDefault()
  }
}

/** The row that a key is for; none for keys that edit text. */
function findRow({ target, altKey }: KeyboardEvent) {
  if (!(target instanceof HTMLElement)) return null
  if (target instanceof HTMLInputElement && !altKey) return null
  return target.closest<HTMLElement>('[data-video-id]')
}

/** Enter on a button presses the button. */
const readCommand = (event: KeyboardEvent, row: HTMLElement | null) =>
  event.key === 'Enter' && event.target !== row
    ? undefined
    : findCommand(activeBindings(rowKeys), event)
