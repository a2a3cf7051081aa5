import { useLayoutEffect } from 'react'
import { focusContent } from '#ui/focus.ts'
import { measurePageOffsets } from '#ui/use-page-offset.ts'

/** What the page is to look at once its chapters have been rearranged. */
interface KeptChapter {
  id: string
  /** Its distance from the top of the window, which stays as it is. */
  top?: number | undefined
  takesFocus: boolean
}

let kept: KeptChapter | undefined

/** A chapter that is about to move stays where it is in the window. */
export function keepInPlace(chapterId: string) {
  const top = findChapterSection(chapterId)?.getBoundingClientRect().top
  kept = { id: chapterId, top, takesFocus: false }
}

/** A chapter that is about to appear, or to close a gap, takes the focus. */
export function focusWhenShown(chapterId: string) {
  kept = { id: chapterId, takesFocus: true }
}

/** Looks at the kept chapter whenever the order of the chapters has changed. */
export function useKeptChapter(chapters: readonly { id: string }[]) {
  const order = chapters.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what moves the page's parts
  useLayoutEffect(() => {
    measurePageOffsets()
    const section = kept && findChapterSection(kept.id)
    if (!kept || !section) return
    const { top, takesFocus } = kept
    kept = undefined
    if (top !== undefined) window.scrollBy(0, section.getBoundingClientRect().top - top)
    if (takesFocus) focusChapter(section)
  }, [order])
}

/** Focuses the heading of a chapter, or the page's content without one. */
function focusChapter(section: HTMLElement) {
  const heading = section.querySelector<HTMLElement>('h2 button')
  if (heading) heading.focus()
  else focusContent()
}

/** The part of the page that shows a chapter. */
export const findChapterSection = (chapterId: string) =>
  document.querySelector<HTMLElement>(`[data-chapter-id="${chapterId}"]`)
