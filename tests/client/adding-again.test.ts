import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { shareVideos } from '#client/app/outbox/share-videos.ts'
import { addVideos } from '#client/features/videos/add-videos.ts'
import { readPendingVideos } from '#client/features/videos/authoring-context.tsx'
import { closeChapters } from '#client/features/videos/closed-chapters.ts'
import { dispatchToVideo, dispatchToVideos } from '#client/features/videos/dispatch-videos.ts'
import { listKeptVideos } from '#client/features/videos/kept-videos.ts'
import { useOtherTabs } from '#client/features/videos/other-tabs.store.ts'
import { resumeVideos } from '#client/features/videos/resume-videos.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import { findVideo } from '#machines/pending-videos.ts'
import { describeVideo, initialContext } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { never, openQuietPage, linkedRow as row } from './quiet-page.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', never)
  useOtherTabs.setState(useOtherTabs.getInitialState(), true)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const elsewhere = '01900000-0000-7000-8000-0000000000c2'
const pick = { mediaId: row.mediaId, filename: 'Again.mp4', durationSeconds: 60 }
const moveAway: VideoEvent = {
  type: 'video.move',
  place: { chapterId: elsewhere, position: 'a1', after: null },
}

const removing = describeVideo({
  ...initialContext(row),
  wanted: { ...initialContext(row).wanted, isPresent: false },
})
const report = { tabId: 'another tab', videos: [{ ...removing, isEditing: false }], goneIds: [] }

function openPage() {
  const queryClient = createQueryClient()
  const authoring = openQuietPage(queryClient)
  onTestFinished(() => void authoring.stop())
  return {
    authoring,
    share() {
      const { stop } = shareVideos(authoring)
      onTestFinished(stop)
    },
    dispatch: (event: VideoEvent) => dispatchToVideo(authoring, row, event),
    /** Adds the row's asset again, and returns a function that reads what this waits for. */
    add(chapterId: string) {
      addVideos(authoring, queryClient, chapterId, [pick])
      const added = readPendingVideos(authoring).at(-1)
      return () => {
        const { videos } = authoring.getSnapshot().children[chapterId]?.getSnapshot().context ?? {}
        return videos && added && findVideo(videos, added.id)?.blockedBy
      }
    },
  }
}

describe('an asset that is added to a chapter', () => {
  test.each([
    ['removed', { type: 'video.remove' } as const],
    ['moved to another chapter', moveAway],
  ])('waits for its video that is being %s, until that is undone', (_, event) => {
    const { add, dispatch } = openPage()
    dispatch(event)
    const readBlocker = add(row.chapterId)
    expect(readBlocker()).toBe(row.id)
    dispatch(
      event.type === 'video.move'
        ? { type: 'video.move', place: { chapterId: row.chapterId, position: 'a1', after: null } }
        : { type: 'video.restore' },
    )
    expect(readBlocker()).toBe(null)
  })

  test('waits for what the server has, not for what was added and removed meanwhile', () => {
    const { add, dispatch, authoring } = openPage()
    dispatch({ type: 'video.remove' })
    add(row.chapterId)
    add(row.chapterId)
    const pending = readPendingVideos(authoring).filter(({ wanted }) => wanted.isPresent)
    const added = pending.map((video) => ({ ...row, id: video.id }))
    const remove: VideoEvent = { type: 'video.remove' }
    dispatchToVideos(
      authoring,
      added.map((video) => ({ video, event: remove })),
    )
    expect(added).toHaveLength(2)
    expect(add(row.chapterId)()).toBe(row.id)
  })

  test('waits for nothing that happens in another chapter', () => {
    const { add, dispatch } = openPage()
    dispatch({ type: 'video.remove' })
    expect(add(elsewhere)()).toBe(null)
  })

  test('waits for a removal by the actor of another chapter, until that chapter is closed', () => {
    const { add, dispatch, authoring } = openPage()
    const moved = { ...row, chapterId: elsewhere }
    authoring.send({
      type: 'chapter.dispatch',
      chapterId: row.chapterId,
      event: { type: 'video.dispatch', video: moved, event: { type: 'video.remove' } },
    })
    const readBlocker = add(elsewhere)
    expect(readBlocker()).toBe(row.id)
    dispatch({ type: 'video.restore' })
    expect(readBlocker()).toBe(null)
    dispatch({ type: 'video.move', place: { ...row, after: null } })
    const readNextBlocker = add(elsewhere)
    expect(readNextBlocker()).toBe(row.id)
    closeChapters(authoring, row.chapterId, [row.chapterId])
    expect(readNextBlocker()).toBe(null)
  })

  test('waits for a removal in another tab, until that is over', () => {
    const { add, share } = openPage()
    share()
    const { receive, forget } = useOtherTabs.getState()
    vi.advanceTimersByTime(1_000)
    receive(report)
    const readBlocker = add(row.chapterId)
    expect(readBlocker()).toBe(row.id)
    receive(report)
    expect(readBlocker()).toBe(row.id)
    forget(new Set(['another tab']))
    expect(readBlocker()).toBe(null)
  })

  test.each([
    ['still removing', [report], row.id],
    ['no longer removing', [{ ...report, videos: [] }], null],
    ['closed', [], null],
  ])('waits again after a reload, if the other tab is %s', (_, reports, blocker) => {
    const before = openPage()
    useOtherTabs.getState().receive(report)
    before.add(row.chapterId)
    const kept = listKeptVideos(before.authoring)
    expect(kept).toHaveLength(1)
    useOtherTabs.setState(useOtherTabs.getInitialState(), true)
    const { authoring, share } = openPage()
    const readBlocker = () => readPendingVideos(authoring)[0]?.blockedBy
    resumeVideos(authoring, kept)
    share()
    vi.advanceTimersByTime(500)
    expect(readBlocker()).toBe(row.id)
    for (const received of reports) useOtherTabs.getState().receive(received)
    expect(readBlocker()).toBe(row.id)
    vi.advanceTimersByTime(500)
    expect(readBlocker()).toBe(blocker)
    useOtherTabs.getState().forget(new Set(['another tab']))
    expect(readBlocker()).toBe(null)
  })
})
