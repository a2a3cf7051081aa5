import { expect, test } from 'vitest'
import { isolate } from '#shared/isolate.ts'
import { getStemLength } from '#shared/media-extension.ts'

test.for<[string, string]>([
  ['Lesson 1.mp4', 'Lesson 1'],
  ['clip.MOV', 'clip'],
  ['a.b.webm', 'a.b'],
  ['Lecture 3.rmvb', 'Lecture 3'],
  ['Lecture 3. Introduction', 'Lecture 3. Introduction'],
  ['Lecture 3.1', 'Lecture 3.1'],
  ['Version 2.10', 'Version 2.10'],
  ['Prof. Li', 'Prof. Li'],
  ['No extension', 'No extension'],
  ['Ends with.', 'Ends with.'],
  ['.mp4', '.mp4'],
  ['שיעור 1.mp4', 'שיעור 1'],
])('in %s, the editor selects %s', ([filename, selected]) => {
  expect(filename.slice(0, getStemLength(filename))).toBe(selected)
})

test('only a right-to-left name is isolated', () => {
  expect(['Drawing', '第1回', 'שיעור (1)', 'a أحمد'].map(isolate)).toEqual([
    'Drawing',
    '第1回',
    '\u2068שיעור (1)\u2069',
    '\u2068a أحمد\u2069',
  ])
})
