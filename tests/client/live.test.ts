import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useAnnouncement } from '#client/app/live/announcement.store.ts'
import { retryFailedQueries } from '#client/app/live/live-changes.ts'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { applyVideoChanges, type VideoChange } from '#client/features/videos/apply-changes.ts'
import { followStream } from '#client/lib/live/follow-stream.ts'
import type { LiveEvent } from '#client/lib/live/read-events.ts'
import type { Video } from '#contract/videos.ts'
import { fakeServer } from './fake-server.ts'
import { chapterId, createVideo } from './link-answers.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the stream of changes', () => {
  beforeEach(() => void vi.stubGlobal('addEventListener', () => {}))

  const event = (sequence: number) => `event: start\ndata: {"sequence":${sequence}}\n\n`

  test('continues after events that the page can’t handle, which it reports', async () => {
    const reportError = vi.fn()
    vi.stubGlobal('reportError', reportError)
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const sequence of [1, 2]) controller.enqueue(new TextEncoder().encode(event(sequence)))
        controller.close()
      },
    })
    const { sent } = fakeServer(new Response(body))
    const stopping = new AbortController()
    const received: LiveEvent[] = []
    const fault = new Error('Can’t be handled')
    const following = followStream({
      readPosition: () => undefined,
      onEvents([first]) {
        if (first) received.push(first)
        if (first?.sequence === 1) throw fault
        stopping.abort()
      },
      signal: stopping.signal,
    })
    await following
    expect(received.map(({ sequence }) => sequence)).toEqual([1, 2])
    expect(reportError).toHaveBeenCalledExactlyOnceWith(fault)
    expect(sent).toHaveLength(1)
  })
})

test('a query that failed while the server was gone is repeated once the stream starts', async () => {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const { queryKey } = videosQuery(chapterId)
  queryClient.setQueryData(queryKey, { videos: [], requestedAt: 0 }, { updatedAt: 1 })
  const { sent } = fakeServer(
    new TypeError('fetch failed'),
    Response.json({ videos: [createVideo(1)] }),
  )
  const stop = new QueryObserver(queryClient, videosQuery(chapterId)).subscribe(() => {})
  await vi.waitFor(() => expect(queryClient.getQueryState(queryKey)?.status).toBe('error'))
  retryFailedQueries(queryClient)
  await vi.waitFor(() =>
    expect(queryClient.getQueryData(queryKey)?.videos).toEqual([createVideo(1)]),
  )
  retryFailedQueries(queryClient)
  expect(sent).toHaveLength(2)
  stop()
})

const createChange = (row: Video): VideoChange => ({
  sequence: 1,
  entity: 'video',
  id: row.id,
  courseId: null,
  kind: 'created',
  version: row.version,
  row,
  page: null,
  changedAt: '2026-01-01T00:00:00.000Z',
})

test('a change does not cancel the first fetch of a list, but makes it refetch', async () => {
  const queryClient = new QueryClient()
  let answer = (_response: Response) => {}
  const { sent, signals } = fakeServer(
    () => new Promise((resolve) => (answer = resolve)),
    Response.json({ videos: [createVideo(1), createVideo(2)] }),
  )
  const stop = new QueryObserver(queryClient, videosQuery(chapterId)).subscribe(() => {})
  applyVideoChanges(queryClient, [createChange(createVideo(2))], () => false)
  expect(signals[0]?.aborted).toBe(false)
  answer(Response.json({ videos: [createVideo(1)] }))
  await vi.waitFor(() => {
    const list = queryClient.getQueryData(videosQuery(chapterId).queryKey)
    expect(list?.videos).toEqual([createVideo(1), createVideo(2)])
  })
  expect(sent).toHaveLength(2)
  stop()
})

describe('the announcement of changes', () => {
  test('comes after a burst, and during one that does not end', () => {
    vi.useFakeTimers()
    const { add } = useAnnouncement.getState()
    const burst = { course: new Set<string>(), chapter: new Set<string>(), video: new Set(['1']) }
    add(burst)
    vi.advanceTimersByTime(999)
    expect(useAnnouncement.getState().text).toBe('')
    vi.advanceTimersByTime(1)
    expect(useAnnouncement.getState().text).toBe('1 video changed by someone else')
    for (let passed = 0; passed < 9_500; passed += 500) {
      add(burst)
      vi.advanceTimersByTime(500)
      expect(useAnnouncement.getState().text).toBe('')
    }
    add(burst)
    vi.advanceTimersByTime(500)
    expect(useAnnouncement.getState().text).toBe('1 video changed by someone else')
  })
})
