import type { ShownVideo } from './fold-videos.ts'

type Row = Pick<ShownVideo, 'id' | 'chapterId'>

/**
 * The rows from one to another, in whichever order they stand; the second alone without the first.
 */
export function listRange(rows: readonly Row[], fromId: string, toId: string): string[] {
  const from = rows.findIndex(({ id }) => id === fromId)
  const to = rows.findIndex(({ id }) => id === toId)
  if (from < 0 || to < 0) return [toId]
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ id }) => id)
}

/**
 * The row that takes the focus when others go: the next one of the last one's chapter, or the one
 * before it there; else the nearest of another chapter.
 */
export function findStaying<Video extends Row>(
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
 * Where rows go that are moved one step together: past the next row that stays.
 * @returns the row that they come after, `null` for the start
 */
export function findStep(
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
 * The index of the row that a place comes after.
 * @param after `null` for the start, whose index is -1, and `undefined` for the end
 */
export const findRowBefore = (rows: readonly Row[], after: string | null | undefined): number =>
  after === undefined ? rows.length - 1 : rows.findIndex(({ id }) => id === after)

/**
 * Whether rows stand together in their order after a row already, so that a move changes nothing.
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
