const chapterSelector = '[data-chapter-id]'

let lastUsed: string | undefined

/**
 * Notes which chapter is used.
 * @returns a function that ends it
 */
export function watchChapterInUse(): () => void {
  const listening = new AbortController()
  for (const event of ['focusin', 'pointerdown']) {
    window.addEventListener(event, ({ target }) => note(target), { signal: listening.signal })
  }
  return () => listening.abort()
}

function note(target: EventTarget | null) {
  if (target instanceof Element) lastUsed = findChapterId(target) ?? lastUsed
}

/** The id of the chapter that has the focus, else of the one under the pointer, else the last. */
export const readChapterInUse = (): string | undefined =>
  findChapterId(document.activeElement) ??
  findChapterId(document.querySelector(`${chapterSelector}:hover`)) ??
  lastUsed

const findChapterId = (element: Element | null | undefined) =>
  element?.closest<HTMLElement>(chapterSelector)?.dataset.chapterId
