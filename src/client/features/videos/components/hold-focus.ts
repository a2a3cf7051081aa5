import { findFirstControl } from '#ui/focus.ts'

/**
 * Remembers the focused row, and the caret of its editor, before rows move: a row that moves to
 * another chapter gets a new element there.
 * @returns a function that restores the focus, or moves it to the header of the row's new chapter
 */
export function holdFocus(): (chapterId: string) => void {
  const focused = document.activeElement
  const videoId = focused?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const caret =
    focused instanceof HTMLInputElement
      ? ([focused.selectionStart, focused.selectionEnd] as const)
      : null

  return (chapterId) => {
    if (!videoId || focused === document.activeElement) return
    const row = document.querySelector<HTMLElement>(`[data-video-id="${videoId}"]`)
    const editor = caret && row?.querySelector('input')
    const header = document.querySelector(`[data-drop-chapter="${chapterId}"] header`)
    const next = row?.checkVisibility() ? (editor ?? row) : findFirstControl(header)
    next?.focus({ preventScroll: true })
    if (editor && caret) editor.setSelectionRange(...caret)
  }
}
