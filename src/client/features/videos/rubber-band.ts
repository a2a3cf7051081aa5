import type { Box } from '#client/lib/rubber-band/box.ts'
import type { Selection } from './selection.store.ts'

/** The positions of a chapter's rows on the page, in px, mounted or not. */
export interface RowList {
  left: number
  right: number
  /** The origin of the rows' positions. */
  top: number
  /** From top to bottom; a key is a video's id. */
  rows: ArrayLike<{ key: unknown; start: number; end: number }>
}

/**
 * Finds the rows that a box touches, in the order of the lists. Reads as few rows as possible,
 * since a virtualizer creates each one when it is read.
 */
export function findTouched(box: Box, lists: readonly RowList[]): string[] {
  return lists
    .filter(({ left, right }) => left < box.right && box.left < right)
    .flatMap((list) => findTouchedRows(box.top - list.top, box.bottom - list.top, list.rows))
}

function findTouchedRows(top: number, bottom: number, rows: RowList['rows']): string[] {
  const ids: string[] = []
  for (let index = findFirstBelow(top, rows); index < rows.length; index++) {
    const row = rows[index]
    if (!row || row.start >= bottom) break
    ids.push(String(row.key))
  }
  return ids
}

/** Binary search for the first row that ends below `top`. */
function findFirstBelow(top: number, rows: RowList['rows']): number {
  let from = 0
  let to = rows.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((rows[middle]?.end ?? 0) > top) to = middle
    else from = middle + 1
  }
  return from
}

/**
 * The selection that a rubber band makes: the rows it touches, added to the previous selection if
 * `isAdding`. The first row it touches becomes the anchor of a range.
 * @param touched the ids of the rows it touches, in the order it reached them
 */
export function selectTouched(
  before: Selection,
  touched: readonly string[],
  isAdding: boolean,
): Selection {
  if (!isAdding) return { ids: new Set(touched), anchorId: touched[0] ?? null }
  return { ids: new Set([...before.ids, ...touched]), anchorId: touched[0] ?? before.anchorId }
}
