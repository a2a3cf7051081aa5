import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTouched, type RowList, selectTouched } from '#client/features/videos/rubber-band.ts'
import { type Box, createBoxBetween } from '#client/lib/rubber-band/box.ts'

const coordinate = fc.integer({ min: -300, max: 1_500 })
const point = fc.record({ x: coordinate, y: coordinate })

/** Chapters below one another, with different widths and rows of any height. */
const lists = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 60 }),
      margin: fc.integer({ min: 0, max: 400 }),
      left: fc.integer({ min: 0, max: 200 }),
      width: fc.integer({ min: 1, max: 600 }),
      heights: fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 12 }),
    }),
    { maxLength: 5 },
  )
  .map((chapters) => {
    let below = 0
    return chapters.map(({ gap, margin, left, width, heights }, chapter): RowList => {
      // A virtualizer's offsets start at its own margin.
      const top = below + gap - margin
      let end = margin
      const rows = heights.map((height, index) => {
        const start = end
        end += height
        return { key: `${chapter}.${index}`, start, end }
      })
      below = top + end
      return { left, right: left + width, top, rows }
    })
  })

describe('the rows that a rubber band touches', () => {
  test('are those that overlap it, in page order, whichever corner it starts from', () => {
    fc.assert(
      fc.property(point, point, lists, (from, to, chapters) => {
        const touched = findTouched(createBoxBetween(from, to), chapters)
        expect(touched).toEqual(findOverlapping(createBoxBetween(from, to), chapters))
        expect(findTouched(createBoxBetween(to, from), chapters)).toEqual(touched)
      }),
    )
  })

  test('stay touched as it grows', () => {
    fc.assert(
      fc.property(point, point, fc.nat(500), lists, (from, to, more, chapters) => {
        const small = createBoxBetween(from, to)
        const { left, top, right, bottom } = small
        const large = { left, top: top - more, right: right + more, bottom }
        const touched = findTouched(large, chapters)
        expect(touched).toEqual(expect.arrayContaining(findTouched(small, chapters)))
      }),
    )
  })

  test('are found with few reads', () => {
    let reads = 0
    const rows = new Proxy<{ key: string; start: number; end: number }[]>([], {
      get(_, name) {
        if (name === 'length') return 500
        reads++
        const index = Number(name)
        return { key: name, start: index * 50, end: index * 50 + 50 }
      },
    })
    const box = createBoxBetween({ x: 10, y: 20_010 }, { x: 60, y: 20_090 })
    expect(findTouched(box, [{ left: 0, right: 100, top: 0, rows }])).toEqual(['400', '401'])
    expect(reads).toBeLessThan(15)
  })
})

describe('the rows that a rubber band selects', () => {
  const before = { ids: new Set(['a', 'b']), anchorId: 'b' }

  test('replace the selection', () => {
    expect(selectTouched(before, ['c', 'd'], false)).toEqual({
      ids: new Set(['c', 'd']),
      anchorId: 'c',
    })
    expect(selectTouched(before, [], false)).toEqual({ ids: new Set(), anchorId: null })
  })

  test('can also be added to the selection', () => {
    expect(selectTouched(before, ['d', 'b'], true)).toEqual({
      ids: new Set(['a', 'b', 'd']),
      anchorId: 'd',
    })
    expect(selectTouched(before, [], true)).toEqual(before)
  })
})

function findOverlapping(box: Box, chapters: readonly RowList[]): unknown[] {
  return chapters.flatMap(({ left, right, top, rows }) =>
    left < box.right && box.left < right
      ? Array.from(rows)
          .filter(({ start, end }) => top + start < box.bottom && box.top < top + end)
          .map(({ key }) => key)
      : [],
  )
}
