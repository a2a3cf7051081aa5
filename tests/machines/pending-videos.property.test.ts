import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  findVideo,
  hasVideo,
  listBlocked,
  noVideos,
  type PendingVideo,
  type PendingVideos,
  withVideos,
} from '#machines/pending-videos.ts'
import { describeVideo, initialContext } from '#machines/video.context.ts'

const ids = ['video-1', 'video-2', 'video-3', 'video-4']

const createReport = (id: string, blockedBy: string | null, isEditing: boolean): PendingVideo => ({
  ...describeVideo(
    initialContext({
      id,
      chapterId: 'chapter-1',
      mediaId: `media-${id}`,
      filename: `${id}.mp4`,
      position: 'a0',
      version: 0,
      revision: 0,
      durationSeconds: 1,
      blockedBy,
    }),
  ),
  isEditing,
})

const report = fc
  .tuple(fc.constantFrom(...ids), fc.constantFrom(null, 'media-1', 'video-1'), fc.boolean())
  .map((values) => createReport(...values))
const batch = fc.uniqueArray(report, { selector: ({ id }) => id })

const withAll = (batches: readonly PendingVideo[][]) =>
  batches.reduce<PendingVideos>(withVideos, noVideos)

test('every video has its last report, in the order in which the videos were first known', () => {
  fc.assert(
    fc.property(fc.array(batch), (batches) => {
      const videos = withAll(batches)
      // A map keeps the place of a key whose value is replaced.
      const expected = new Map(batches.flat().map((video) => [video.id, video]))
      expect(videos.list).toEqual([...expected.values()])
      for (const id of ids) {
        expect(findVideo(videos, id)).toBe(expected.get(id))
        expect(hasVideo(videos, id)).toBe(expected.has(id))
      }
    }),
  )
})

test('exactly the videos whose last report says so are blocked', () => {
  fc.assert(
    fc.property(fc.array(batch), (batches) => {
      const videos = withAll(batches)
      const blocked = videos.list.filter(({ blockedBy }) => blockedBy !== null)
      expect(listBlocked(videos)).toHaveLength(blocked.length)
      expect(new Set(listBlocked(videos))).toEqual(new Set(blocked))
    }),
  )
})

test('earlier reports stay as they were', () => {
  fc.assert(
    fc.property(fc.array(batch), batch, (batches, reports) => {
      const videos = withAll(batches)
      const before = structuredClone(videos)
      withVideos(videos, reports)
      expect(videos).toEqual(before)
    }),
  )
})

test('what is derived is copied only if a video is added or released', () => {
  const blocked = createReport('video-2', 'media-1', false)
  const videos = withVideos(noVideos, [createReport('video-1', null, false), blocked])
  const edited = withVideos(videos, [createReport('video-1', null, true)])
  expect(edited.indexes).toBe(videos.indexes)
  const released = withVideos(edited, [{ ...blocked, blockedBy: null }])
  expect([released.indexes, released.blocked]).toEqual([videos.indexes, []])
  const added = withVideos(released, [createReport('video-3', null, false)])
  expect(added.blocked).toBe(released.blocked)
  expect(added.indexes).toEqual({ 'video-1': 0, 'video-2': 1, 'video-3': 2 })
})
