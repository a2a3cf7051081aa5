import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupByFolder } from '#client/features/uploads/group-by-folder.ts'
import { sortFiles } from '#client/features/uploads/sort-files.ts'
import { fitThumbnail } from '#client/features/uploads/thumbnails/thumbnail-image.ts'
import {
  describeTotals,
  describeUpload,
  summarizeUploads,
} from '#client/features/uploads/upload-labels.ts'
import { hasUnfinishedUploads, sumUploads } from '#client/features/uploads/upload-totals.ts'
import { filenameSchema } from '#contract/names.ts'
import type { UploadReport } from '#machines/upload.machine.ts'
import { cleanFilename } from '#shared/clean-filename.ts'

const file = (name: string, path?: string, type = '') =>
  Object.assign(new File(['x'], name, { type }), { webkitRelativePath: '', ...(path && { path }) })

const upload = (changes: Partial<UploadReport> = {}): UploadReport => ({
  id: 'one',
  filename: 'Lesson 1.mp4',
  sizeBytes: 1_000,
  sentBytes: 0,
  bytesPerSecond: null,
  status: 'uploading',
  problem: null,
  failure: null,
  ...changes,
})

const indexReports = (...uploads: UploadReport[]) =>
  Object.fromEntries(uploads.map((report, index) => [`${index}`, report]))

describe('a file’s own name', () => {
  test('always becomes a valid one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const cleaned = cleanFilename(name)
        expect(filenameSchema.safeParse(cleaned)).toMatchObject({ success: true, data: cleaned })
      }),
    )
  })

  test('stays unchanged if it is valid', () => {
    for (const name of ['Lesson 1.mp4', 'Über “uns”.mov', 'שיעור 1.mp4', 'a.b.c.webm', '🎬.mkv']) {
      expect(cleanFilename(name)).toBe(name)
    }
  })

  test.for([
    ['../../etc/passwd.mp4', '.. .. etc passwd.mp4'],
    ['lesson\u202e4pm.exe', 'lesson 4pm.exe'],
    ['a\tb\n.mp4', 'a b.mp4'],
    ['\u200b.mp4', 'Video.mp4'],
    ['\u2800.mp4', 'Video.mp4'],
    ['\u3164\u200d.mp4', 'Video.mp4'],
    [`${'x'.repeat(4_000)}.webm`, `${'x'.repeat(250)}.webm`],
  ])('%s is cleaned', ([name = '', cleaned]) => {
    expect(cleanFilename(name)).toBe(cleaned)
  })
})

test.for([
  [1_920, 1_080, 480, 270],
  [1_080, 1_920, 270, 480],
  [320, 240, 320, 240],
  [100_000, 1, 480, 1],
  [0, 0, 1, 1],
])('a frame of %i × %i px has a thumbnail of %i × %i px', ([width = 0, height = 0, ...size]) => {
  expect(Object.values(fitThumbnail(width, height))).toEqual(size)
})

test('recognizes videos by their type or extension', () => {
  const videos = [file('a.mp4'), file('b.MKV'), file('c', undefined, 'video/webm')]
  const others = [file('notes.txt'), file('mp4'), file('cover.png', undefined, 'image/png')]
  expect(sortFiles([...others, ...videos])).toEqual({ videos, others })
})

test('groups files by folder, in natural order', () => {
  const files = [
    'Course/Week 10/b.mp4',
    'Course/Week 2/Lesson 10.mp4',
    'Course/Week 2/Lesson 2.mp4',
  ]
  const groups = groupByFolder(files.map((path) => file(path.split('/').at(-1) ?? '', path)))
  expect(groups.map(({ folder, files }) => [folder, files.map(({ name }) => name)])).toEqual([
    ['Week 2', ['Lesson 2.mp4', 'Lesson 10.mp4']],
    ['Week 10', ['b.mp4']],
  ])
  expect(groupByFolder([file('b.mp4', './b.mp4'), file('a.mp4')])).toMatchObject([
    { folder: '', files: [{ name: 'a.mp4' }, { name: 'b.mp4' }] },
  ])
})

describe('the text about uploads', () => {
  test.for<[Partial<UploadReport>, string]>([
    [{ status: 'queued' }, 'Queued'],
    [{ sentBytes: 999 }, 'Uploading, 99%'],
    [{ sentBytes: 400, bytesPerSecond: 100 }, 'Uploading, 40% · 6 s left'],
    [{ sizeBytes: 90_000, bytesPerSecond: 10 }, 'Uploading, 0% · 3 h left'],
    [{ sizeBytes: 9_000, bytesPerSecond: 10 }, 'Uploading, 0% · 15 min left'],
    [{ status: 'waiting' }, 'No response yet; trying again'],
    [{ status: 'waiting', failure: 'It is busy.' }, 'It is busy. Trying again.'],
    [{ status: 'waiting', failure: 'Busy. Try again in a moment.' }, 'Busy. Trying again.'],
    [{ status: 'ready' }, 'In the library'],
    [{ status: 'failed' }, 'Not uploaded: the server refused it.'],
  ])('%o', ([changes, words]) => {
    expect(describeUpload(upload(changes))).toBe(words)
  })

  test('sums them up without the cancelled ones', () => {
    const reports = indexReports(
      upload({ sentBytes: 500, bytesPerSecond: 50 }),
      upload({ status: 'ready' }),
      upload({ status: 'cancelled' }),
      upload({ status: 'queued' }),
    )
    const totals = sumUploads(reports)
    expect(totals).toEqual({
      count: 3,
      ready: 1,
      failed: 0,
      active: 2,
      paused: 0,
      sizeBytes: 3_000,
      sentBytes: 1_500,
      secondsLeft: 30,
    })
    expect(summarizeUploads(totals)).toBe('Uploading 3 videos, 1 done')
    expect(describeTotals(totals)).toBe('1.5 kB of 3.0 kB · 30 s left')
  })

  test.for<[UploadReport['status'], boolean, string]>([
    ['ready', false, '1 video uploaded'],
    ['failed', false, '1 of 1 video not uploaded'],
    ['missing', true, '1 of 1 video not uploaded'],
    ['paused', true, '0 of 1 video uploaded, 1 paused'],
    ['cancelled', false, 'No uploads'],
  ])('%s', ([status, isUnfinished, words]) => {
    const reports = indexReports(upload({ status }))
    expect(hasUnfinishedUploads(reports)).toBe(isUnfinished)
    expect(summarizeUploads(sumUploads(reports))).toBe(words)
  })
})
