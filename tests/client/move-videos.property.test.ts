import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import { placeMoved } from '#client/features/videos/move-videos.ts'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import { comparePlaces } from '#shared/compare-places.ts'
import { seededRandom } from '#shared/random.ts'

const chapterId = 'chapter'

/** The rows of a chapter in order, with ids that sort differently. */
const chapters = fc
  .record({ count: fc.nat(12), seed: fc.integer() })
  .map(({ count, seed }) =>
    createBatchKeys(null, null, count, seededRandom(seed)).map((position, index) =>
      createRow(position, `${(index * 7) % 13}`),
    ),
  )

const createRow = (position: string, id: string): ShownVideo => ({
  id,
  chapterId,
  position,
  mediaId: id,
  filename: `${id}.mp4`,
  savedFilename: `${id}.mp4`,
  version: 1,
  revision: 0,
  durationSeconds: 1,
  status: 'linked',
  problem: null,
  isMoving: false,
  isRemovedElsewhere: false,
  isUploading: false,
  isInOtherTab: false,
})

const moves = chapters.chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    moved: fc.shuffledSubarray([...rows, createRow('', 'from elsewhere')], { minLength: 1 }),
    after: fc.constantFrom(null, ...rows.map(({ id }) => id)),
    seed: fc.integer(),
  }),
)

/** Returns the order that the chapter shows after the move. */
function applyMove(rows: readonly ShownVideo[], moved: readonly ShownVideo[], positions: string[]) {
  const staying = rows.filter((row) => !moved.includes(row))
  const arrived = moved.map((row, index) => ({ ...row, position: positions[index] ?? '' }))
  return [...staying, ...arrived].sort(comparePlaces).map(({ id }) => id)
}

describe('videos that are moved together', () => {
  test('are placed together, in the given order, after the target video', () => {
    fc.assert(
      fc.property(moves, ({ rows, moved, after, seed }) => {
        const places = placeMoved(moved, rows, { chapterId, after }, seededRandom(seed))
        const ids = moved.map(({ id }) => id)
        const index = rows.findIndex(({ id }) => id === after)
        const before = rows.slice(0, index + 1).filter(({ id }) => !ids.includes(id))
        const behind = rows.slice(index + 1).filter(({ id }) => !ids.includes(id))
        const expected = [...before.map(({ id }) => id), ...ids, ...behind.map(({ id }) => id)]
        const positions = places.map(({ position }) => position)
        expect(applyMove(rows, moved, positions)).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  test('leave it to the server to place a single video between equal keys', () => {
    const rows = [
      createRow('a0', '1'),
      createRow('a0', '2'),
      createRow('a0', '3'),
      createRow('a1', '4'),
    ]
    const [first, second, third] = rows as [ShownVideo, ShownVideo, ShownVideo]
    const random = seededRandom(1)
    expect(placeMoved([third], rows, { chapterId, after: first.id }, random)).toEqual([
      { chapterId, position: 'a0', after: first.id },
    ])
    const places = placeMoved([third, second], rows, { chapterId, after: first.id }, random)
    const positions = places.map(({ position }) => position)
    expect(applyMove(rows, [third, second], positions)).toEqual(['1', '3', '2', '4'])
  })
})
