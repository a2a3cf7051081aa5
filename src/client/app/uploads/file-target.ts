/** Where dropped files go: to a chapter’s videos, or to the library. */
export type FileTarget =
  | { kind: 'chapter'; element: HTMLElement; chapterId: string }
  | { kind: 'library' }

/** Whether a drag carries files from outside the page. */
export const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') === true

/** Finds where files would be dropped; outside of chapters, that is the library. */
export function findFileTarget({ target }: DragEvent): FileTarget {
  const element =
    target instanceof Element ? target.closest<HTMLElement>('[data-drop-chapter]') : null
  const chapterId = element?.dataset.dropChapter
  return element && chapterId ? { kind: 'chapter', element, chapterId } : { kind: 'library' }
}
