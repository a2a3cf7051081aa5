import type { Chapter } from '#contract/chapters.ts'

/** Where a chapter is to stand. */
export interface ChapterPlace {
  position: string
  /**
   * The chapter to place it directly after, or `null` for the first place, where the position alone
   * does not say.
   */
  after?: string | null
}

/** What is done to a chapter. `chapter` is the row as it was shown then. */
export type ChapterChange =
  | { kind: 'create'; chapter: Chapter; copyOf: string | undefined }
  | { kind: 'move'; chapter: Chapter; place: ChapterPlace }
  | { kind: 'retitle'; chapter: Chapter; title: string }
  | { kind: 'remove' | 'restore'; chapter: Chapter }

/**
 * The chapters to show: those of the server, and over them the changes that it has not confirmed.
 * @param rows in any order, one for an id
 * @param pending the unconfirmed changes, in the order in which they were made
 * @returns in the order of the server: by position, then by id
 */
export function foldChapters(
  rows: readonly Chapter[],
  pending: readonly ChapterChange[],
): Chapter[] {
  const shown = new Map(rows.map((row) => [row.id, row]))
  for (const change of pending) applyChange(shown, change)
  return [...shown.values()].sort(compareChapters)
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

function compareChapters(one: Chapter, other: Chapter): number {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1
  return one.id < other.id ? -1 : 1
}
