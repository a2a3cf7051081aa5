import { expect, test } from 'vitest'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import { checkNames } from '#client/features/videos/renaming/check-names.ts'

const row = (filename: string): ShownVideo => ({
  id: filename,
  chapterId: 'chapter',
  mediaId: filename,
  position: 'a0',
  filename,
  savedFilename: filename,
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

const check = (names: Record<string, string>, others: string[] = []) =>
  checkNames(Object.keys(names).map(row), Object.values(names), others.map(row)).map(
    ({ filename, status, problem }) => [filename, status, ...(problem ? [problem] : [])],
  )

test('marks names as unchanged, changed or invalid', () => {
  expect(check({ 'a.mp4': 'a.mp4', b: ' b ', c: ' C ', d: 'x/y', e: ' ' })).toEqual([
    ['a.mp4', 'unchanged'],
    ['b', 'unchanged'],
    ['C', 'changed'],
    ['x/y', 'invalid', 'Remove / and \\: a filename can’t contain them'],
    [' ', 'invalid', 'Enter a filename'],
  ])
})

test('marks new names that another row of the chapter has', () => {
  expect(check({ a: 'x', b: 'x', c: 'other', d: 'e', e: 'e', f: 'a' }, ['other'])).toEqual([
    ['x', 'taken'],
    ['x', 'taken'],
    ['other', 'taken'],
    ['e', 'taken'],
    ['e', 'unchanged'],
    ['a', 'changed'],
  ])
})

test('the same name in two chapters is not taken', () => {
  const elsewhere = { ...row('b'), chapterId: 'another' }
  const names = checkNames(
    [row('a'), elsewhere],
    ['x', 'x'],
    [{ ...row('y'), chapterId: 'another' }],
  )
  expect(names.map(({ status }) => status)).toEqual(['changed', 'changed'])
  const [taken] = checkNames([elsewhere], ['y'], [{ ...row('y'), chapterId: 'another' }])
  expect(taken?.status).toBe('taken')
})
