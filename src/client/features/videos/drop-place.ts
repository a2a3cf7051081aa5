import type { MoveTarget } from './move-videos.ts'

type Row = { id: string }

/** Where a pointer that drags stands over a row: its upper or its lower half. */
export type Half = 'upper' | 'lower'

/** Where videos go that are dropped on a row: before it from its upper half, else after it. */
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
