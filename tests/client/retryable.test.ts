import { expect, test } from 'vitest'
import { foldVideos } from '#client/features/videos/fold-videos.ts'
import { listRetryable } from '#client/features/videos/retryable.ts'
import { createProblem, type Problem } from '#contract/problem.ts'
import { describeVideo, initialContext } from '#machines/video.context.ts'
import { chapterId, createId, createVideo } from './link-answers.ts'

const failed = (number: number, problem: Problem | null) => ({
  ...describeVideo({ ...initialContext({ ...createVideo(number), version: 0 }), problem }),
  status: 'failed' as const,
  isEditing: false,
})

const duplicate = createProblem('asset-already-linked', 'It is in the chapter.')

test('leaves out what a retry can’t help', () => {
  const twin = { ...createVideo(9), mediaId: createVideo(1).mediaId }
  const pending = [
    failed(1, duplicate),
    failed(2, duplicate),
    failed(3, createProblem('id-reused', 'The id is in use.')),
    failed(4, createProblem('link-refused', 'Not now.')),
    failed(5, null),
    failed(6, createProblem('removed', 'It was removed.')),
  ]
  const videos = foldVideos(chapterId, { videos: [twin], requestedAt: 0 }, pending)
  expect(listRetryable(videos).map(({ id }) => id)).toEqual([2, 4, 5].map(createId))
})
