import { useLayoutEffect } from 'react'
import { focusFirstControl } from '#ui/focus.ts'
import { measurePageOffsets } from '#ui/use-page-offset.ts'

/** The chapter to hold in place or focus once the chapters have been rearranged. */
interface ChapterAnchor {
  id: string
  /** Its distance from the top of the window, to be preserved. */
  top?: number | undefined
  takesFocus: boolean
}

let anchor: ChapterAnchor | undefined

/** Anchors a chapter that is about to move: it stays where it is in the window. */
export function anchorChapter(chapterId: string) {
  const top = findChapterSection(chapterId)?.getBoundingClientRect().top
  anchor = { id: chapterId, top, takesFocus: false }
}

/** Focuses a chapter that is about to appear. */
export function focusWhenShown(chapterId: string) {
  anchor = { id: chapterId, takesFocus: true }
}

/** Holds the anchored chapter in place, or focuses it, once the chapters have been rearranged. */
export function useScrollAnchor(chapters: readonly { id: string }[]) {
  const order = chapters.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the order changes
  useLayoutEffect(() => {
    measurePageOffsets()
    const section = anchor && findChapterSection(anchor.id)
    if (!anchor || !section) return
    const { top, takesFocus } = anchor
    anchor = undefined
    if (top !== undefined) window.scrollBy(0, section.getBoundingClientRect().top - top)
    if (takesFocus) focusFirstControl(section.querySelector('header'))
  }, [order])
}

/** Finds the element that shows a chapter. */
export const findChapterSection = (chapterId: string) =>
  document.querySelector<HTMLElement>(`[data-chapter-id="${chapterId}"]`)
