import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placePicks } from '#client/features/videos/place-picks.ts'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import { positionSchema } from '#contract/ids.ts'
import { seededRandom } from '#shared/random.ts'

const seeds = fc.integer()
const counts = fc.integer({ min: 1, max: 30 })

/** Pairs of neighbouring keys in a chapter, or its start or end. */
const gaps = fc
  .record({ seed: seeds, count: counts, index: fc.nat(30) })
  .map(({ seed, count, index }) => {
    const keys = createBatchKeys(null, null, count, seededRandom(seed))
    return { after: keys[index - 1] ?? null, before: keys[index] ?? null }
  })

const compareBytes = (a: string, b: string) => (a < b ? -1 : 1)

describe('the keys of a batch', () => {
  test('are valid, in order and strictly between their neighbours', () => {
    fc.assert(
      fc.property(gaps, counts, seeds, ({ after, before }, count, seed) => {
        const keys = createBatchKeys(after, before, count, seededRandom(seed))
        expect(keys).toHaveLength(count)
        const all = [after, ...keys, before].filter((key) => key !== null)
        expect(all).toEqual([...new Set(all)].sort(compareBytes))
        for (const key of keys) expect(positionSchema.safeParse(key).success).toBe(true)
      }),
    )
  })

  test('are distinct from those of another page at the same place, and not interleaved with them', () => {
    fc.assert(
      fc.property(
        gaps,
        counts,
        counts,
        seeds,
        seeds,
        ({ after, before }, count, otherCount, seed, otherSeed) => {
          fc.pre(seed !== otherSeed)
          const first = createBatchKeys(after, before, count, seededRandom(seed))
          const second = createBatchKeys(after, before, otherCount, seededRandom(otherSeed))
          expect(new Set([...first, ...second]).size).toBe(count + otherCount)
          const owners = [...first, ...second]
            .sort(compareBytes)
            .map((key) => (first.includes(key) ? 'first' : 'second'))
          const changes = owners.filter((owner, index) => index > 0 && owner !== owners[index - 1])
          expect(changes).toHaveLength(1)
        },
      ),
    )
  })

  test('stay short at the end of a chapter, even after a thousand batches', () => {
    const random = seededRandom(7)
    let last: string | null = null
    let longest = 0
    for (let batch = 0; batch < 1000; batch += 1) {
      const keys: string[] = createBatchKeys(last, null, (batch % 30) + 1, random)
      longest = Math.max(longest, ...keys.map(({ length }) => length))
      last = keys.at(-1) ?? null
    }
    expect(longest).toBeLessThanOrEqual(16)
  })

  test('stay short for any random source, even the most lopsided', () => {
    for (const random of [() => 0, () => 0.999, seededRandom(1)]) {
      const keys = createBatchKeys('a0', null, 200, random)
      expect(Math.max(...keys.map(({ length }) => length))).toBeLessThanOrEqual(16)
      expect(keys.every((key) => key > 'a0')).toBe(true)
    }
  })

  test('are empty for an empty batch', () => {
    expect(createBatchKeys(null, null, 0, seededRandom(1))).toEqual([])
  })
})

describe('placed picks', () => {
  const picks = [1, 2, 3].map((number) => ({
    mediaId: `media-${number}`,
    filename: `Lesson ${number}.mp4`,
    durationSeconds: number,
  }))

  test('keep their order after the last video, each with its own id', () => {
    const placed = placePicks(picks, 'chapter-1', 'a5', seededRandom(3))
    const positions = createBatchKeys('a5', null, 3, seededRandom(3))
    expect(placed).toEqual(
      picks.map((pick, index) => ({
        ...pick,
        id: placed[index]?.id,
        chapterId: 'chapter-1',
        position: positions[index],
        version: 0,
        revision: 0,
      })),
    )
    const ids = placed.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort(compareBytes))
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/)
  })

  test('get different positions each time', () => {
    const [first, second] = [1, 2].map(() => placePicks(picks, 'chapter-1', null))
    expect(first?.map(({ position }) => position)).not.toEqual(
      second?.map(({ position }) => position),
    )
  })
})
