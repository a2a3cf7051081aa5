import { createBatchKeys } from '#client/lib/batch-keys.ts'
import type { Video } from '#contract/videos.ts'
import type { Place } from '#machines/video.context.ts'

type PlacedRow = Pick<Video, 'id' | 'chapterId' | 'position'>

/** A row that has to move, and where to. */
export interface SortMove<Row> {
  video: Row
  to: Place
}

/**
 * Computes the fewest moves that sort a chapter's rows. As many rows as possible keep their places;
 * each run of the others goes between two of them.
 * @param rows as the chapter shows them
 * @param sorted the same rows in the wanted order
 * @param random a source of randomness, like `Math.random`
 */
export function placeSorted<Row extends PlacedRow>(
  rows: readonly Row[],
  sorted: readonly Row[],
  random: () => number,
): SortMove<Row>[] {
  // Rows with equal keys can be in order without a move, but have no keys in between.
  if (sorted.every((row, index) => row.id === rows[index]?.id)) return []
  const staying = findLongestIncrease(sorted.map(({ position }) => position))
  const stops = [...staying, sorted.length]
  return stops.flatMap((stop, index) => {
    const last = staying[index - 1]
    const lower = last === undefined ? null : (sorted[last]?.position ?? null)
    const run = sorted.slice(last === undefined ? 0 : last + 1, stop)
    if (run.length === 0) return []
    const keys = createBatchKeys(lower, sorted[stop]?.position ?? null, run.length, random)
    return run.map((video, at) => ({
      video,
      to: { chapterId: video.chapterId, position: keys[at] ?? '' },
    }))
  })
}

/**
 * The indices of a longest strictly increasing subsequence, in order: by patience sorting, in
 * O(n log n).
 */
export function findLongestIncrease(values: readonly string[]): number[] {
  /** For each length, the index of the smallest value that ends a subsequence of that length. */
  const ends: number[] = []
  const previous: (number | undefined)[] = []
  for (const [index, value] of values.entries()) {
    const length = countEndsBefore(ends, values, value)
    previous[index] = ends[length - 1]
    ends[length] = index
  }
  const found: number[] = []
  for (let index = ends.at(-1); index !== undefined; index = previous[index]) found.push(index)
  return found.reverse()
}

/** Binary search for the number of ends, which increase, that are less than a value. */
function countEndsBefore(ends: readonly number[], values: readonly string[], value: string) {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[ends[middle] ?? 0] ?? '') < value) low = middle + 1
    else high = middle
  }
  return low
}
