import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchKey } from '#shared/search-key.ts'
import { findMatches, searchWords } from '#shared/search-match.ts'

const findParts = (text: string, search: string) =>
  findMatches(text, searchWords(search)).map(({ start, end }) => text.slice(start, end))

test.for([
  ['Lesson 1.mp4', 'LESSON', ['Lesson']],
  ['Łódź.mp4', 'mp4 lodz', ['Łódź', 'mp4']],
  ['Straße.mp4', 'strasse', ['Straße']],
  ['Straße.mp4', 'tras', ['traß']],
  ['Cafe\u0301 au lait', 'cafe', ['Cafe\u0301']],
  ['שִׁעוּר 1.mp4', 'שעור', ['שִׁעוּר']],
  ['aaa', 'a aa', ['aa']],
  ['Intro', 'lesson', []],
  ['Intro', ' ', []],
] as const)('in “%s”, “%s” matches %s', ([text, search, expected]) => {
  expect(findParts(text, search)).toEqual(expected)
})

test('finds any part of a name, and marks it without overlaps', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
      const characters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment)
      const start = from % characters.length
      const part = characters.slice(start, start + 1 + (length % 5)).join('')
      const words = searchWords(part)
      const ranges = findMatches(text, words)
      for (const [index, range] of ranges.entries()) {
        expect(range.start).toBeLessThan(range.end)
        expect(range.end).toBeLessThanOrEqual(ranges[index + 1]?.start ?? text.length)
      }
      const marked = ranges.map(({ start, end }) => searchKey(text.slice(start, end))).join(' ')
      for (const word of words) expect(marked).toContain(word)
    }),
  )
})
