import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDropPlace } from '#client/features/videos/drop-place.ts'
import { findScrollSpeed } from '#client/lib/page-drag.ts'

describe('a drop on a row', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const chapterId = 'basics'

  test('goes before the row on its upper half, and after it on its lower half', () => {
    expect(findDropPlace(chapterId, rows, 'b', 'upper')).toEqual({ chapterId, after: 'a' })
    expect(findDropPlace(chapterId, rows, 'b', 'lower')).toEqual({ chapterId, after: 'b' })
    expect(findDropPlace(chapterId, rows, 'a', 'upper')).toEqual({ chapterId, after: null })
  })
})

describe('scrolling near an edge', () => {
  test('is faster closer to the edge, and none in between', () => {
    expect(findScrollSpeed(400, 52, 800)).toBe(0)
    expect(findScrollSpeed(124, 52, 800)).toBe(0)
    expect(findScrollSpeed(52, 52, 800)).toBe(-1_080)
    expect(findScrollSpeed(88, 52, 800)).toBe(-540)
    expect(findScrollSpeed(800, 52, 800)).toBe(1_080)
    expect(findScrollSpeed(764, 52, 800)).toBe(540)
  })

  test('never exceeds its limit, in or out of the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (y) => {
        expect(Math.abs(findScrollSpeed(y, 52, 800))).toBeLessThanOrEqual(1_080)
      }),
    )
  })
})
