import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findScroll } from '#client/features/videos/components/page-drag.ts'
import { findDropPlace } from '#client/features/videos/drop-place.ts'

describe('a drop on a row', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const chapterId = 'basics'

  test('comes before it from its upper half, and behind it from its lower half', () => {
    expect(findDropPlace(chapterId, rows, 'b', 'upper')).toEqual({ chapterId, after: 'a' })
    expect(findDropPlace(chapterId, rows, 'b', 'lower')).toEqual({ chapterId, after: 'b' })
    expect(findDropPlace(chapterId, rows, 'a', 'upper')).toEqual({ chapterId, after: null })
  })
})

describe('scrolling near an edge', () => {
  test('is the faster the nearer, and none in between', () => {
    expect(findScroll(400, 52, 800)).toBe(0)
    expect(findScroll(124, 52, 800)).toBe(0)
    expect(findScroll(52, 52, 800)).toBe(-18)
    expect(findScroll(88, 52, 800)).toBe(-9)
    expect(findScroll(800, 52, 800)).toBe(18)
    expect(findScroll(764, 52, 800)).toBe(9)
  })

  test('never exceeds its limit, in or out of the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (y) => {
        expect(Math.abs(findScroll(y, 52, 800))).toBeLessThanOrEqual(18)
      }),
    )
  })
})
