import { describe, expect, test } from 'vitest'
import {
  type SortDirection,
  type SortKey,
  sortVideos,
} from '#client/features/videos/sorting/sort-videos.ts'

const row = (filename: string, id = '', durationSeconds = 1) => ({ filename, id, durationSeconds })

const sortNames = (names: string[], direction: SortDirection = 'ascending', locale = 'en') =>
  sortVideos(
    names.map((name) => row(name)),
    'name',
    direction,
    locale,
  ).map(({ filename }) => filename)

describe('sorting by name', () => {
  test('compares numbers by value, and letter case last', () => {
    expect(sortNames(['Lesson 10', 'lesson 2', 'Lesson 2', 'Lesson 01', '9', '10'])).toEqual([
      '9',
      '10',
      'Lesson 01',
      'lesson 2',
      'Lesson 2',
      'Lesson 10',
    ])
  })

  test('follows the language', () => {
    expect(sortNames(['Zebra', 'Äpfel', 'Apfel'], 'ascending', 'de')).toEqual([
      'Apfel',
      'Äpfel',
      'Zebra',
    ])
    expect(sortNames(['Äpple', 'Zebra', 'Apa'], 'ascending', 'sv')).toEqual([
      'Apa',
      'Zebra',
      'Äpple',
    ])
  })

  test('can be descending', () => {
    expect(sortNames(['a', 'c', 'b'], 'descending')).toEqual(['c', 'b', 'a'])
  })
})

const sortIds = (key: SortKey, direction: SortDirection, ...rows: ReturnType<typeof row>[]) =>
  sortVideos(rows, key, direction, 'en').map(({ filename }) => filename)

test('sorting by duration keeps the order of equal videos in both directions', () => {
  const rows = [row('a', '', 5), row('b', '', 1), row('c', '', 5), row('d', '', 3)]
  expect(sortIds('duration', 'ascending', ...rows)).toEqual(['b', 'd', 'a', 'c'])
  expect(sortIds('duration', 'descending', ...rows)).toEqual(['a', 'c', 'd', 'b'])
})

test('sorting by date added uses the time in the id; an id without one counts as new', () => {
  const rows = [
    row('random', '0190f5fe-9d9a-4a9c-8cc8-000000000000'),
    row('second', '0190f5fe-9d9b-7a9c-8cc8-000000000000'),
    row('first', '0190f5fe-9d9a-7a9c-8cc8-000000000001'),
    row('third', '0190F5FF-0000-7a9c-8cc8-000000000000'),
  ]
  expect(sortIds('added', 'ascending', ...rows)).toEqual(['first', 'second', 'third', 'random'])
})
