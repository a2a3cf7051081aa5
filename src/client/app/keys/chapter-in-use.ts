const chapterSelector = '[data-chapter-id]'

let lastUsed: string | undefined

/**
 * Tracks which chapter was focused or pressed last.
 * @returns a function that stops tracking
 */
export function watchChapterInUse(): () => void {
  const controller = new AbortController()
  for (const event of ['focusin', 'pointerdown']) {
    window.addEventListener(event, ({ target }) => track(target), { signal: controller.signal })
  }
  return () => controller.abort()
}

function track(target: EventTarget | null) {
  if (target instanceof Element) lastUsed = findChapterId(target) ?? lastUsed
}

/** The id of the chapter with focus, else of the one under the pointer, else of the last used. */
export const readChapterInUse = (): string | undefined =>
  findChapterId(document.activeElement) ??
  findChapterId(document.querySelector(`${chapterSelector}:hover`)) ??
  lastUsed

const findChapterId = (element: Element | null | undefined) =>
  element?.closest<HTMLElement>(chapterSelector)?.dataset.chapterId
