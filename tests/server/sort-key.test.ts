import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortKey } from '#shared/sort-key.ts'

const sortNames = (names: string[]) => names.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))

test('names are sorted in natural order', () => {
  const names = [
    '1 Intro',
    '02 Basics',
    '10 End',
    'a',
    'A2b3',
    'a2b10',
    'Élan 9',
    'elan 10',
    'Lesson 2',
    'Lesson 2b',
    'Lesson 10',
    '第3回',
    '第10回',
  ]
  expect(sortNames(names.toReversed())).toEqual(names)
})

test('numbers of any length are sorted by size', async () => {
  await fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), fc.string(), (a, b, name) => {
      const key = (number: bigint) => sortKey(`${name} ${number} x`)
      expect(key(a) < key(b)).toBe(a < b)
    }),
  )
})
