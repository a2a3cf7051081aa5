import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  findRowToFocus,
  findStepTarget,
  isInPlace,
  listRange,
  type Step,
} from '#client/features/videos/arrange-rows.ts'

const createRows = (ids: string, chapterId = 'basics') => [...ids].map((id) => ({ id, chapterId }))
const course = [...createRows('abcd'), ...createRows('ef', 'more')]
const chapters = fc
  .uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 })
  .map((ids) => createRows(ids.join('')))

/** Returns the ids of rows in order after a move. */
function arrange(ids: readonly string[], moved: readonly string[], after: string | null) {
  const index = after === null ? -1 : ids.indexOf(after)
  const isStaying = (id: string) => !moved.includes(id)
  const before = ids.slice(0, index + 1).filter(isStaying)
  return [...before, ...moved, ...ids.slice(index + 1).filter(isStaying)]
}

describe('a range', () => {
  test('extends from one row to another, across chapters, in either direction', () => {
    expect(listRange(course, 'c', 'e')).toEqual(['c', 'd', 'e'])
    expect(listRange(course, 'e', 'c')).toEqual(['c', 'd', 'e'])
    expect(listRange(course, 'b', 'b')).toEqual(['b'])
  })

  test('starts over if its first row is gone', () => {
    expect(listRange(course, 'gone', 'e')).toEqual(['e'])
  })
})

describe('the row that gets the focus after a removal', () => {
  const staying = (removed: string) => findRowToFocus(course, new Set(removed))?.id

  test('is the next one in the chapter, else the previous one, else one in another chapter', () => {
    expect(staying('b')).toBe('c')
    expect(staying('ac')).toBe('d')
    expect(staying('bd')).toBe('c')
    expect(staying('abcd')).toBe('e')
    expect(staying('ef')).toBe('d')
    expect(staying('ae')).toBe('f')
    expect(staying('abcdef')).toBeUndefined()
  })
})

describe('a step', () => {
  const step = (ids: string, moved: string, to: Step) => {
    const rows = createRows(ids)
    const together = [...ids].filter((id) => moved.includes(id))
    return arrange([...ids], together, findStepTarget(rows, new Set(moved), to)).join('')
  }

  test('moves rows past the next row that stays', () => {
    expect(step('abcde', 'bc', 'down')).toBe('adbce')
    expect(step('abcde', 'bc', 'up')).toBe('bcade')
    expect(step('abcde', 'bd', 'down')).toBe('acebd')
    expect(step('abcde', 'bd', 'up')).toBe('bdace')
    expect(step('abcde', 'bd', 'start')).toBe('bdace')
    expect(step('abcde', 'bd', 'end')).toBe('acebd')
  })

  test('stops at the ends', () => {
    expect(step('abcde', 'ab', 'up')).toBe('abcde')
    expect(step('abcde', 'de', 'down')).toBe('abcde')
  })
})

test('rows are in place exactly if the move would not change their order', () => {
  const moves = chapters.chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      moved: fc.shuffledSubarray(rows, { minLength: 1 }),
      after: fc.constantFrom(null, ...rows.map(({ id }) => id)),
    }),
  )
  fc.assert(
    fc.property(moves, ({ rows, moved, after }) => {
      const ids = rows.map(({ id }) => id)
      const arranged = arrange(
        ids,
        moved.map(({ id }) => id),
        after,
      )
      expect(isInPlace(rows, moved, after)).toBe(arranged.join() === ids.join())
    }),
  )
  expect(isInPlace(createRows('ab'), [{ id: 'other' }], 'b')).toBe(false)
})
