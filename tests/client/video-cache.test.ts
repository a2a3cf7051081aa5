import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { removeCachedVideo, upsertVideos } from '#client/features/videos/video-cache.ts'
import type { Video } from '#contract/videos.ts'
import { fakeServer } from './fake-server.ts'
import { chapterId, createVideo } from './link-answers.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const { queryKey } = videosQuery(chapterId)

function createCache(videos: Video[]) {
  const queryClient = new QueryClient()
  queryClient.setQueryData(queryKey, { videos, requestedAt: 1 })
  return { queryClient, list: () => queryClient.getQueryData(queryKey) }
}

test('keeps new rows in the order of the chapter, and the time the list was requested', () => {
  const { queryClient, list } = createCache([createVideo(5)])
  upsertVideos(queryClient, chapterId, [createVideo(7), createVideo(2)])
  expect(list()).toEqual({
    videos: [createVideo(2), createVideo(5), createVideo(7)],
    requestedAt: 1,
  })
})

test('keeps the newer of two versions', () => {
  const older = { ...createVideo(1), filename: 'Older.mp4', version: 1 }
  const newer = { ...createVideo(1), filename: 'Newer.mp4', version: 2 }
  const { queryClient, list } = createCache([older])
  upsertVideos(queryClient, chapterId, [newer, older])
  expect(list()).toEqual({ videos: [newer], requestedAt: 1 })
})

test('keeps the objects of unchanged rows, even if their index changes', () => {
  const { queryClient, list } = createCache([])
  const options = { ...videosQuery(chapterId), enabled: false }
  const stop = new QueryObserver(queryClient, options).subscribe(() => {})
  const before = [createVideo(3), createVideo(5), createVideo(7)]
  queryClient.setQueryData(queryKey, { videos: before, requestedAt: 1 })
  const renamed = { ...createVideo(5), filename: 'New.mp4', version: 9 }
  const after = [createVideo(1), createVideo(3), renamed, createVideo(7)]
  queryClient.setQueryData(queryKey, { videos: after, requestedAt: 2 })
  expect(list()).toEqual({ videos: after, requestedAt: 2 })
  const kept = list()?.videos.map((video) => before.includes(video))
  expect(kept).toEqual([false, true, false, true])
  stop()
})

test('drops a removed row and nothing else', () => {
  const { queryClient, list } = createCache([createVideo(1), createVideo(2)])
  removeCachedVideo(queryClient, chapterId, createVideo(1).id)
  removeCachedVideo(queryClient, chapterId, createVideo(9).id)
  expect(list()).toEqual({ videos: [createVideo(2)], requestedAt: 1 })
})

test('creates no list if the server has not sent one', () => {
  const queryClient = new QueryClient()
  upsertVideos(queryClient, chapterId, [createVideo(1)])
  removeCachedVideo(queryClient, chapterId, createVideo(1).id)
  expect(queryClient.getQueryData(queryKey)).toBeUndefined()
})

test.each(['on the page', 'off the page', 'the first'])(
  'refetches a list in flight (%s) so that it can’t bring back a dropped row',
  async (place) => {
    const queryClient = new QueryClient()
    if (place !== 'the first') {
      queryClient.setQueryData(queryKey, { videos: [createVideo(1)], requestedAt: 0 })
    }
    let answerFirst: (response: Response) => void = () => undefined
    const first = new Promise<Response>((resolve) => {
      answerFirst = resolve
    })
    const { sent } = fakeServer(() => first, Response.json({ videos: [] }))
    const observer = new QueryObserver(queryClient, videosQuery(chapterId))
    const stop = place === 'off the page' ? () => undefined : observer.subscribe(() => undefined)
    if (place === 'off the page') void queryClient.prefetchQuery(videosQuery(chapterId))
    expect(queryClient.isFetching({ queryKey })).toBe(1)

    removeCachedVideo(queryClient, chapterId, createVideo(1).id)
    answerFirst(Response.json({ videos: [createVideo(1)] }))
    await expect.poll(() => queryClient.isFetching({ queryKey })).toBe(0)
    expect(sent).toHaveLength(2)
    expect(queryClient.getQueryData(queryKey)?.videos).toEqual([])
    stop()
  },
)

test('leaves a list alone if it is not being fetched', () => {
  const { queryClient } = createCache([createVideo(1)])
  const { sent } = fakeServer()
  upsertVideos(queryClient, chapterId, [createVideo(2)])
  removeCachedVideo(queryClient, chapterId, createVideo(1).id)
  expect(sent).toEqual([])
})
