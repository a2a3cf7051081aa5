import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countUnsaved, describeSaving } from '#client/app/use-unsaved.ts'
import { isSettled } from '#client/features/videos/fold-videos.ts'
import { describeUnsaved } from '#client/features/videos/unsaved-videos.ts'
import type { PendingVideo } from '#machines/chapter.machine.ts'

const place = { filename: 'a.mp4', chapterId: 'here', position: 'a0' }

const video = (changes: Partial<PendingVideo> = {}): PendingVideo => ({
  id: 'id',
  mediaId: 'media',
  durationSeconds: 12,
  blockedBy: null,
  wanted: { isPresent: true, ...place },
  confirmed: { status: 'linked', ...place, version: 1, revision: 0 },
  confirmedAt: 1,
  status: 'linked',
  filenameStatus: 'saved',
  isMoving: false,
  isEditing: false,
  ...changes,
})

test.for<[words: string, isFailed: boolean, changes: Partial<PendingVideo>]>([
  ['Linking', false, { status: 'optimistic' }],
  ['Linking', false, { status: 'linking' }],
  ['Not linked', true, { status: 'failed' }],
  ['Not linked', true, { status: 'failed', filenameStatus: 'pending' }],
  ['Saving the name', false, { filenameStatus: 'pending' }],
  ['Name not saved', true, { filenameStatus: 'unsaved' }],
  ['Renamed elsewhere meanwhile', true, { filenameStatus: 'conflict' }],
  ['Being moved', false, { isMoving: true }],
  [
    'Being brought back',
    false,
    { status: 'linking', confirmed: { ...video().confirmed, status: 'removed' } },
  ],
])('%s', ([words, isFailed, changes]) => {
  expect(isSettled(video(changes))).toBe(false)
  expect(describeUnsaved(video(changes))).toEqual({
    id: 'id',
    chapterId: 'here',
    filename: 'a.mp4',
    hasRow: true,
    words,
    isFailed,
  })
})

test('a removal on its way has no row to lead to, whatever became of its name', () => {
  const removing = video({ status: 'removing', filenameStatus: 'unsaved' })
  expect(isSettled(removing)).toBe(false)
  expect(describeUnsaved(removing)).toEqual({
    id: 'id',
    chapterId: 'here',
    filename: 'a.mp4',
    hasRow: false,
    words: 'Being removed',
    isFailed: false,
  })
})

test('a video on its way to another chapter is found there', () => {
  const moved = video({ isMoving: true, wanted: { isPresent: true, ...place, chapterId: 'there' } })
  expect(describeUnsaved(moved).chapterId).toBe('there')
})

test('what is linked or removed, and has its name and place, is saved', () => {
  expect([video(), video({ status: 'removed' })].map(isSettled)).toEqual([true, true])
})

const failedChange = (number: number) => ({
  number,
  placeId: 'here',
  name: 'Basics',
  words: 'Chapter not moved',
})

test('everything counts once, as failed or as on its way', () => {
  const failures = fc.array(fc.boolean(), { maxLength: 9 })
  fc.assert(
    fc.property(
      failures,
      failures,
      fc.nat(5),
      fc.nat(5),
      (ofVideos, ofTitles, failedCount, otherCount) => {
        const videos = ofVideos.map((isFailed) => ({ ...describeUnsaved(video()), isFailed }))
        const titles = ofTitles.map((isFailed) => ({ id: 'id', title: 'Basics', isFailed }))
        const failedChanges = Array.from({ length: failedCount }, (_, number) =>
          failedChange(number),
        )
        const { failed, saving } = countUnsaved({ videos, titles, failedChanges, otherCount })
        expect(failed + saving).toBe(videos.length + titles.length + failedCount + otherCount)
        expect(failed).toBe([...ofVideos, ...ofTitles].filter(Boolean).length + failedCount)
      },
    ),
  )
})

test.for([
  [0, 0, 'All saved'],
  [0, 12, 'Saving 12…'],
  [3, 0, '3 not saved'],
  [3, 12, '3 not saved'],
] as const)('%i failed and %i on their way: %s', ([failed, saving, words]) => {
  expect(describeSaving({ failed, saving })).toBe(words)
})
