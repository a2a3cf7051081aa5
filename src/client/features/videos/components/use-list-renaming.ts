import type { KeyboardEvent, MouseEvent, RefObject } from 'react'
import { flushSync } from 'react-dom'
import { findCommand } from '#client/lib/key-bindings.ts'
import { filenameSchema } from '#contract/names.ts'
import { getStemLength } from '#shared/media-extension.ts'
import type { VideoActor } from '../authoring-context.tsx'
import type { useVideoDispatch } from '../dispatch-videos.ts'
import { discardDraft, getDraft } from '../drafts.ts'
import { readSaved, type ShownVideo } from '../fold-videos.ts'
import { type EditorCommand, editorKeys } from '../row-keys.ts'
import { useFindVideoActor } from '../use-chapter.ts'

/**
 * Renames one row after another: in an editor, Tab and the down arrow save and open the next row's
 * editor, Shift+Tab and the up arrow the previous one's. A double click on a name opens its editor.
 *
 * All of this happens within the key event, so that whatever is typed next lands in the next
 * editor.
 */
export function useListRenaming(
  list: RefObject<HTMLElement | null>,
  videos: readonly ShownVideo[],
  dispatch: ReturnType<typeof useVideoDispatch>,
) {
  const findActor = useFindVideoActor()

  const findRow = (video: ShownVideo) =>
    list.current?.querySelector<HTMLElement>(`[data-video-id="${video.id}"]`)

  /** The video whose row contains an element, and its index. */
  function findVideo(target: Element) {
    const id = target.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
    const index = videos.findIndex((video) => video.id === id)
    return { video: videos[index], index }
  }

  /** Saves the typed name and, in the same frame, opens the editor of the next row to rename. */
  function saveAndOpen(video: ShownVideo, actor: VideoActor, typed: string, next?: ShownVideo) {
    const { initial } = getDraft(actor, video.filename)
    const isChanged = typed !== initial && typed !== video.filename
    discardDraft(actor)
    flushSync(() => {
      dispatch(
        video,
        isChanged ? { type: 'video.rename', filename: typed } : { type: 'video.cancel' },
      )
      if (next) dispatch(next, { type: 'video.edit', saved: readSaved(next) })
    })
    const row = findRow(next ?? video)
    const input = row?.querySelector('input')
    // A new editor focuses itself; one that was already open does not.
    if (!input) row?.focus({ preventScroll: true })
    else if (document.activeElement !== input) focusStem(input)
  }

  /** The next row whose name can be edited in this tab. */
  function findNext(index: number, step: number): ShownVideo | undefined {
    const next = videos[index + step]
    return next?.isInOtherTab ? findNext(index + step, step) : next
  }

  function handleKey(event: KeyboardEvent) {
    const { target } = event
    const command = findCommand(editorKeys, event)
    const step = command && steps[command]
    if (!step || !(target instanceof HTMLInputElement)) return
    const { video, index } = findVideo(target)
    const actor = video && findActor(video.id)
    if (!actor) return
    const typed = filenameSchema.safeParse(target.value)
    const next = findNext(index, step)
    if (typed.success) saveAndOpen(video, actor, typed.data, next)
    // The form shows the error at the field.
    else target.form?.requestSubmit()
    if (typed.success && !next && event.key === 'Tab') focusEnd(findRow(video), step)
    else event.preventDefault()
  }

  function handleDoubleClick({ target }: MouseEvent) {
    if (!(target instanceof Element) || !target.closest('[data-filename]')) return
    const { video } = findVideo(target)
    // The second click has selected a word.
    getSelection()?.removeAllRanges()
    if (video) dispatch(video, { type: 'video.edit', saved: readSaved(video) })
  }

  return { handleKey, handleDoubleClick }
}

/** The offset of the row to rename next. */
const steps: Partial<Record<EditorCommand, number>> = { saveAndNext: 1, saveAndPrevious: -1 }

function focusStem(input: HTMLInputElement) {
  input.focus()
  input.setSelectionRange(0, getStemLength(input.value))
}

/** Focuses a row's first or last tab stop, from where the browser's Tab leaves the list. */
function focusEnd(row: HTMLElement | null | undefined, step: number) {
  const last = [...(row?.querySelectorAll('button') ?? [])].at(-1)
  const end = step > 0 ? last : row
  end?.focus({ preventScroll: true })
}
