import { useLayoutEffect } from 'react'
import { focusFirstControl } from '#ui/focus.ts'
import { measurePageOffsets } from '#ui/use-page-offset.ts'

/** The chapter to keep in place or focus once the chapters have been rearranged. */
interface KeptChapter {
  id: string
  /** Its distance from the top of the window, to be preserved. */
  top?: number | undefined
  takesFocus: boolean
}

let kept: KeptChapter | undefined

/** Keeps a chapter that is about to move at the same position in the window. */
export function keepInPlace(chapterId: string) {
  const top = findChapterSection(chapterId)?.getBoundingClientRect().top
  kept = { id: chapterId, top, takesFocus: false }
}

/** Focuses a chapter that is about to appear. */
export function focusWhenShown(chapterId: string) {
  kept = { id: chapterId, takesFocus: true }
}

/** Scrolls to or focuses the kept chapter once the order of the chapters has changed. */
export function useKeptChapter(chapters: readonly { id: string }[]) {
  const order = chapters.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the order changes
  useLayoutEffect(() => {
    measurePageOffsets()
    const section = kept && findChapterSection(kept.id)
    if (!kept || !section) return
    const { top, takesFocus } = kept
    kept = undefined
    if (top !== undefined) window.scrollBy(0, section.getBoundingClientRect().top - top)
    if (takesFocus) focusFirstControl(section.querySelector('header'))
  }, [order])
}

/** Finds the element that shows a chapter. */
export const findChapterSection = (chapterId: string) =>
  document.querySelector<HTMLElement>(`[data-chapter-id="${chapterId}"]`)
