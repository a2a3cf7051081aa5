import type { ClipboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useAuthoring } from '../authoring-context.tsx'
import { renameVideos } from '../change-videos.ts'
import type { useVideoDispatch } from '../dispatch-videos.ts'
import { discardDraft, hasTyped } from '../drafts.ts'
import type { ShownVideo } from '../fold-videos.ts'
import { checkNames, type PlannedName, splitNames } from '../renaming/check-names.ts'
import { useFindVideoActor } from '../use-chapter.ts'

/**
 * Renames rows when several lines are pasted into an open editor: the first line goes to its own
 * row, each of the others to the next row below. If the lines don't fit as they are, nothing
 * changes.
 * @param onRename asks what to do if a line is not a valid name, or there are more lines than rows
 * @returns the paste handler of the list
 */
export function useNamePaste(
  videos: readonly ShownVideo[],
  dispatch: ReturnType<typeof useVideoDispatch>,
  onRename: (videos: readonly ShownVideo[], names: string) => void,
) {
  const authoring = useAuthoring()
  const findActor = useFindVideoActor()

  function closeEditor(video: ShownVideo) {
    const actor = findActor(video.id)
    if (actor) discardDraft(actor)
    dispatch(video, { type: 'video.cancel' })
  }

  return (event: ClipboardEvent) => {
    if (!(event.target instanceof HTMLInputElement)) return
    const row = event.target.closest<HTMLElement>('[data-video-id]')
    const index = videos.findIndex(({ id }) => id === row?.dataset.videoId)
    const video = videos[index]
    const text = event.clipboardData.getData('text/plain')
    const names = splitNames(text)
    if (!video || names.length < 2) return
    event.preventDefault()
    const rows = videos.slice(index, index + names.length)
    const planned = checkNames(
      rows,
      rows.map(({ filename }, at) => names[at] || filename),
      [],
    )
    const isReady = names.length === rows.length && planned.every(isValid)
    if (isReady) {
      flushSync(() => {
        closeEditor(video)
        renameVideos(authoring, planned.filter(isChanged))
      })
      row?.focus()
      return
    }
    const actor = findActor(video.id)
    if (actor && !hasTyped(actor)) closeEditor(video)
    onRename(rows, text)
  }
}

const isValid = ({ status }: PlannedName) => status !== 'invalid'
const isChanged = ({ status }: PlannedName) => status !== 'unchanged'
