import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLongestIncrease, placeSorted } from '#client/features/videos/sorting/place-sorted.ts'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import { comparePlaces } from '#shared/compare-places.ts'
import { seededRandom } from '#shared/random.ts'

type Row = { id: string; chapterId: string; position: string }

/** Rows in the order of a chapter, some with equal keys, and a new order for them. */
const cases = fc
  .record({ choices: fc.array(fc.nat(20), { maxLength: 25 }), seed: fc.integer() })
  .map(({ choices, seed }) => {
    const keys = createBatchKeys(null, null, 21, seededRandom(seed))
    const rows = choices.map((choice, index) => ({
      id: String.fromCharCode(97 + index),
      chapterId: 'chapter',
      position: keys[choice] ?? '',
    }))
    return { rows: rows.sort(comparePlaces), seed }
  })
  .chain(({ rows, seed }) =>
    fc.record({
      rows: fc.constant(rows),
      sorted: fc.shuffledSubarray(rows, { minLength: rows.length }),
      seed: fc.constant(seed),
    }),
  )

describe('sorted rows', () => {
  test('are in the desired order after the moves', () => {
    fc.assert(
      fc.property(cases, ({ rows, sorted, seed }) => {
        const moves = placeSorted(rows, sorted, seededRandom(seed))
        const places = new Map(moves.map(({ video, to }) => [video.id, to.position]))
        const placed = rows.map((row) => ({ ...row, position: places.get(row.id) ?? row.position }))
        const order = placed.sort(comparePlaces).map(({ id }) => id)
        expect(order).toEqual(sorted.map(({ id }) => id))
      }),
      { numRuns: 500 },
    )
  })

  test('do not move if they are already in order', () => {
    fc.assert(
      fc.property(cases, ({ rows, seed }) => {
        expect(placeSorted(rows, rows, seededRandom(seed))).toEqual([])
      }),
    )
  })

  test('need only one move if one row is out of place', () => {
    const keys = createBatchKeys(null, null, 5, seededRandom(1))
    const rows = keys.map((position, index) => ({ id: `${index}`, chapterId: 'c', position }))
    const sorted = [1, 2, 3, 0, 4].map((index) => rows[index] as Row)
    const moves = placeSorted(rows, sorted, seededRandom(1))
    expect(moves.map(({ video }) => video.id)).toEqual(['0'])
  })
})

test('no increasing subsequence is longer than the one found', () => {
  const values = fc.array(fc.constantFrom(...'abcdefg'), { maxLength: 9 })
  fc.assert(
    fc.property(values, (all) => {
      const found = findLongestIncrease(all)
      const isIncreasing = (indices: number[]) =>
        indices.every(
          (index, at) => at === 0 || (all[indices[at - 1] ?? 0] ?? '') < (all[index] ?? ''),
        )
      expect(isIncreasing(found)).toBe(true)
      expect([...found].sort((a, b) => a - b)).toEqual(found)
      const longest = listSubsets(all.length)
        .filter(isIncreasing)
        .reduce((length, indices) => Math.max(length, indices.length), 0)
      expect(found).toHaveLength(longest)
    }),
    { numRuns: 200 },
  )
})

const listSubsets = (count: number): number[][] =>
  Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => bits & (1 << index)),
  )
