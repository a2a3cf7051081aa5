import { useQueryClient } from '@tanstack/react-query'
import type { Virtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent, RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Video } from '#contract/videos.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { useAuthoring } from '../authoring-context.tsx'
import { readSaved, type ShownVideo } from '../fold-videos.ts'
import { moveVideos } from '../move-videos.ts'
import { useReveal } from '../reveal.store.ts'

interface RowCommands {
  dispatch: (video: Video, event: VideoEvent) => void
  onPlay: (video: Video) => void
  onMove: (video: Video) => void
  remove: (video: Video, index: number) => void
}

/** Keys that lead to another row, or with Alt take the row along. */
const steps: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_, last) => last,
}

const commands: Record<string, 'rename' | 'remove' | 'retry' | 'play' | 'move'> = {
  F2: 'rename',
  Enter: 'rename',
  Delete: 'remove',
  m: 'move',
  p: 'play',
  r: 'retry',
}

/**
 * The keys of a chapter's rows: arrows walk them, with Alt they move the row; F2 renames, Delete
 * removes, P plays, M asks where to move it, R retries.
 * @returns what hears the list's keys
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

  /** The row keeps the focus, or its button or editor that has it. */
  function moveRow(video: ShownVideo, index: number, to: number) {
    const after = to > index ? videos[to] : videos[to - 1]
    const target = { chapterId: video.chapterId, after: after?.id ?? null }
    flushSync(() => moveVideos(authoring, queryClient, [video], target))
    virtualizer.scrollToIndex(to, { align: 'auto' })
  }

  function act(command: string, video: ShownVideo, index: number) {
    switch (command) {
      case 'rename':
        return dispatch(video, { type: 'video.edit', saved: readSaved(video) })
      case 'remove':
        return remove(video, index)
      case 'retry':
        return video.status === 'failed' && dispatch(video, { type: 'video.retry' })
      case 'play':
        return onPlay(video)
      case 'move':
        return onMove(video)
    }
  }

  function step(video: ShownVideo, index: number, to: number, isMove: boolean) {
    const next = videos[to]
    if (isMove && next && next !== video) moveRow(video, index, to)
    else if (!isMove && next) focusRow(next)
  }

  return (event: KeyboardEvent) => {
    const row = findRow(event)
    const index = videos.findIndex(({ id }) => id === row?.dataset.videoId)
    const video = videos[index]
    if (!video) return
    const last = videos.length - 1
    const to = steps[event.key]?.(index, last)
    const command = readCommand(event, row)
    if (to !== undefined) step(video, index, Math.max(0, Math.min(to, last)), event.altKey)
    else if (command) act(command, video, index)
    else return
    event.preventDefault()
  }
}

/** The row that a key is for: none for the browser's own keys, or for those of a text. */
function findRow({ target, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent) {
  if (!(target instanceof HTMLElement) || ctrlKey || metaKey || shiftKey) return null
  if (target instanceof HTMLInputElement && !altKey) return null
  return target.closest<HTMLElement>('[data-video-id]')
}

/** A button keeps its Enter. */
const readCommand = ({ target, key, altKey }: KeyboardEvent, row: HTMLElement | null) =>
  altKey || (key === 'Enter' && target !== row) ? undefined : commands[key]
