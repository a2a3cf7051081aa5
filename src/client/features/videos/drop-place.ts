import type { MoveTarget } from './move-videos.ts'

type Row = { id: string }

/** Where a pointer that drags stands over a row: its upper or its lower half. */
export type Half = 'upper' | 'lower'

/** Where videos go that are dropped on a row: before it from its upper half, else behind it. */
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

/** How near to an edge of the window a drag scrolls it, in px. */
const edge = 72

/** The most that it scrolls in a frame, in px. */
const maxScroll = 18

/**
 * How far a drag scrolls the page in a frame: the faster, the nearer to an edge.
 * @param y the pointer's height in the window
 * @param top where the page begins below what stays in sight
 * @param bottom where the window ends
 * @returns px, negative for upwards
 */
export function findScroll(y: number, top: number, bottom: number): number {
  const above = Math.min(Math.max(top + edge - y, 0), edge)
  const below = Math.min(Math.max(y - (bottom - edge), 0), edge)
  return Math.round(((below - above) / edge) * maxScroll)
}
