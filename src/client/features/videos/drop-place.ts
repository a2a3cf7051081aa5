import type { MoveTarget } from './move-videos.ts'

type Row = { id: string }

/** The half of a row that a dragging pointer is over. */
export type Half = 'upper' | 'lower'

/** Finds the place for videos dropped on a row: before it in its upper half, else after it. */
export function findDropPlace(
  chapterId: string,
  rows: readonly Row[],
  rowId: string,
  half: Half,
): MoveTarget {
  const index = rows.findIndex(({ id }) => id === rowId)
  const after = half === 'upper' ? rows[index - 1] : rows[index]
  return { chapterId, after: after?.id ?? null }
}
