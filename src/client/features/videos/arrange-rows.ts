import type { ShownVideo } from './fold-videos.ts'

type Row = Pick<ShownVideo, 'id' | 'chapterId'>

/**
 * The ids of the rows from one to another, in either direction; only the second if one of them is
 * not shown.
 */
export function listRange(rows: readonly Row[], fromId: string, toId: string): string[] {
  const from = rows.findIndex(({ id }) => id === fromId)
  const to = rows.findIndex(({ id }) => id === toId)
  if (from < 0 || to < 0) return [toId]
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id)
}

/**
 * Finds the row to focus when others go: the next one in the chapter of the last row that goes,
 * else the previous one there, else the nearest one in another chapter.
 */
export function findRowToFocus<Video extends Row>(
  rows: readonly Video[],
  going: ReadonlySet<string>,
): Video | undefined {
  const last = rows.findLastIndex(({ id }) => going.has(id))
  const isStaying = ({ id }: Row) => !going.has(id)
  const isNear = ({ chapterId }: Row) => chapterId === rows[last]?.chapterId
  const after = rows.slice(last + 1).filter(isStaying)
  const before = rows.slice(0, Math.max(last, 0)).filter(isStaying).reverse()
  return after.find(isNear) ?? before.find(isNear) ?? after[0] ?? before[0]
}

export type Step = 'up' | 'down' | 'start' | 'end'

/**
 * Computes where rows go that are moved together by one step: past the next row that stays.
 * @returns the id of the row to place them after; `null` for the start
 */
export function findStepTarget(
  rows: readonly Row[],
  moved: ReadonlySet<string>,
  step: Step,
): string | null {
  const first = rows.findIndex(({ id }) => moved.has(id))
  const last = rows.findLastIndex(({ id }) => moved.has(id))
  const places = { up: first - 2, down: last + 1, start: -1, end: rows.length - 1 }
  const place = Math.min(places[step], rows.length - 1)
  return rows[place]?.id ?? null
}

/**
 * The index of the row before a place; -1 for the start.
 * @param after the id of that row; `null` for the start, `undefined` for the end
 */
export const findRowBefore = (rows: readonly Row[], after: string | null | undefined): number =>
  after === undefined ? rows.length - 1 : rows.findIndex(({ id }) => id === after)

/**
 * Whether rows already stand together, in this order and place, so that moving them there changes
 * nothing.
 */
export function isInPlace(
  rows: readonly Row[],
  videos: readonly Pick<Row, 'id'>[],
  after: string | null | undefined,
): boolean {
  const ids = videos.map(({ id }) => id)
  const moved = new Set(ids)
  const index = findRowBefore(rows, after)
  const isStaying = (id: string) => !moved.has(id)
  const shown = rows.map(({ id }) => id)
  const arranged = [
    ...shown.slice(0, index + 1).filter(isStaying),
    ...ids,
    ...shown.slice(index + 1).filter(isStaying),
  ]
  return arranged.length === shown.length && arranged.every((id, place) => id === shown[place])
}
