import { expect, test } from 'vitest'
import { addToSummary, sumVideos } from '#client/features/videos/chapter-totals.ts'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'

const video = (durationSeconds: number, status: ShownVideo['status'] = 'linked'): ShownVideo => ({
  id: 'id',
  chapterId: 'chapter',
  mediaId: 'media',
  filename: 'a.mp4',
  savedFilename: 'a.mp4',
  position: 'a0',
  version: 1,
  revision: 0,
  problem: null,
  isMoving: false,
  isRemovedElsewhere: false,
  isUploading: false,
  isInOtherTab: false,
  durationSeconds,
  status,
})

test('all shown rows are counted, including pending and failed ones', () => {
  expect(sumVideos([])).toEqual({ videoCount: 0, durationSeconds: 0, failedCount: 0 })
  expect(sumVideos([video(12.5), video(60, 'linking'), video(3600, 'failed')])).toEqual({
    videoCount: 3,
    durationSeconds: 3672.5,
    failedCount: 1,
  })
})

test('until the list has loaded, the server’s totals are used', () => {
  const summary = { videoCount: 40, durationSeconds: 1000 }
  expect(addToSummary(summary, [])).toEqual({ ...summary, failedCount: 0 })
  const shown = [video(1), video(10, 'optimistic'), video(20, 'failed')]
  expect(addToSummary(summary, shown)).toEqual({
    videoCount: 42,
    durationSeconds: 1030,
    failedCount: 1,
  })
  expect(addToSummary({}, shown)).toEqual({
    videoCount: 2,
    durationSeconds: 30,
    failedCount: 1,
  })
})
