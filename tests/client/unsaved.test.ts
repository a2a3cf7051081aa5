import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countUnsaved, describeSaving } from '#client/app/use-unsaved.ts'
import { isSettled } from '#client/features/videos/fold-videos.ts'
import { describeUnsaved } from '#client/features/videos/unsaved-videos.ts'
import { createProblem } from '#contract/problem.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'

const place = { filename: 'a.mp4', chapterId: 'here', position: 'a0' }

const video = (changes: Partial<PendingVideo> = {}): PendingVideo => ({
  id: 'id',
  mediaId: 'media',
  durationSeconds: 12,
  blockedBy: null,
  wanted: { isPresent: true, ...place },
  confirmed: { status: 'linked', ...place, version: 1, revision: 0 },
  confirmedAt: 1,
  problem: null,
  placeProblem: null,
  status: 'linked',
  filenameStatus: 'saved',
  isMoving: false,
  isEditing: false,
  ...changes,
})

test.for<[text: string, isFailed: boolean, changes: Partial<PendingVideo>]>([
  ['Linking', false, { status: 'optimistic' }],
  ['Linking', false, { status: 'linking' }],
  ['Not linked', true, { status: 'failed' }],
  ['Not linked', true, { status: 'failed', filenameStatus: 'pending' }],
  ['Saving name', false, { filenameStatus: 'pending' }],
  ['Name not saved', true, { filenameStatus: 'unsaved' }],
  ['Renamed by someone else', true, { filenameStatus: 'conflict' }],
  ['Moving', false, { isMoving: true }],
  ['Not moved', true, { placeProblem: createProblem('removed', 'It is gone.') }],
  [
    'Restoring',
    false,
    { status: 'linking', confirmed: { ...video().confirmed, status: 'removed' } },
  ],
])('%s', ([text, isFailed, changes]) => {
  expect(isSettled(video(changes))).toBe(false)
  expect(describeUnsaved(video(changes))).toEqual({
    id: 'id',
    chapterId: 'here',
    filename: 'a.mp4',
    hasRow: true,
    text,
    isFailed,
  })
})

test('a pending removal has no row to lead to, whatever the state of its name', () => {
  const removing = video({ status: 'removing', filenameStatus: 'unsaved' })
  expect(isSettled(removing)).toBe(false)
  expect(describeUnsaved(removing)).toEqual({
    id: 'id',
    chapterId: 'here',
    filename: 'a.mp4',
    hasRow: false,
    text: 'Removing',
    isFailed: false,
  })
})

test('a video being moved to another chapter is listed there', () => {
  const moved = video({ isMoving: true, wanted: { isPresent: true, ...place, chapterId: 'there' } })
  expect(describeUnsaved(moved).chapterId).toBe('there')
})

test('a linked or removed video is settled if its name and place are saved', () => {
  expect([video(), video({ status: 'removed' })].map(isSettled)).toEqual([true, true])
})

const failedChange = (number: number) => ({
  number,
  placeId: 'here',
  name: 'Basics',
  text: 'Chapter not moved',
})

test('counts everything once, as failed or as saving', () => {
  const failures = fc.array(fc.boolean(), { maxLength: 9 })
  fc.assert(
    fc.property(
      failures,
      failures,
      fc.nat(5),
      fc.nat(5),
      (videoFailures, titleFailures, failedCount, otherCount) => {
        const videos = videoFailures.map((isFailed) => ({ ...describeUnsaved(video()), isFailed }))
        const titles = titleFailures.map((isFailed) => ({ id: 'id', title: 'Basics', isFailed }))
        const failedChanges = Array.from({ length: failedCount }, (_, number) =>
          failedChange(number),
        )
        const { failed, saving } = countUnsaved({ videos, titles, failedChanges, otherCount })
        expect(failed + saving).toBe(videos.length + titles.length + failedCount + otherCount)
        expect(failed).toBe(
          [...videoFailures, ...titleFailures].filter(Boolean).length + failedCount,
        )
      },
    ),
  )
})

test.for([
  [0, 0, 'All saved'],
  [0, 12, 'Saving 12…'],
  [3, 0, '3 not saved'],
  [3, 12, '3 not saved'],
] as const)('%i failed and %i saving: %s', ([failed, saving, text]) => {
  expect(describeSaving({ failed, saving })).toBe(text)
})
