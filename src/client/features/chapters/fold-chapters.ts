import type { Chapter } from '#contract/chapters.ts'
import { comparePlaces } from '#shared/compare-places.ts'

/** A chapter's place in its course. */
export interface ChapterPlace {
  position: string
  /**
   * The id of the chapter to place it directly after, `null` to place it first. Needed where the
   * position alone is ambiguous.
   */
  after?: string | null
}

/** A change to a chapter. `chapter` is the row as shown when the change was made. */
export type ChapterChange =
  | { kind: 'create'; chapter: Chapter; copyOf: string | undefined }
  | { kind: 'move'; chapter: Chapter; place: ChapterPlace }
  /** `isTyped`: an editor holds the title, and shows why it is not saved. */
  | { kind: 'retitle'; chapter: Chapter; title: string; isTyped?: boolean | undefined }
  | { kind: 'remove' | 'restore'; chapter: Chapter }

/**
 * The chapters to show: the server's rows with the unconfirmed changes applied on top.
 * @param rows in any order, with unique ids
 * @param pending the unconfirmed changes, in the order they were made
 * @returns in the server's order: by position, then by id
 */
export function foldChapters(
  rows: readonly Chapter[],
  pending: readonly ChapterChange[],
): Chapter[] {
  const shown = new Map(rows.map((row) => [row.id, row]))
  for (const change of pending) applyChange(shown, change)
  return [...shown.values()].sort(comparePlaces)
}

function applyChange(shown: Map<string, Chapter>, change: ChapterChange) {
  const { id } = change.chapter
  const row = shown.get(id)
  switch (change.kind) {
    case 'create':
    case 'restore':
      if (!row) shown.set(id, change.chapter)
      break
    case 'move':
      if (row) shown.set(id, { ...row, position: change.place.position })
      break
    case 'retitle':
      if (row) shown.set(id, { ...row, title: change.title })
      break
    case 'remove':
      shown.delete(id)
      break
  }
}
