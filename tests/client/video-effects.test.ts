import { onlineManager, QueryClient } from '@tanstack/react-query'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type ActorRefFrom, waitFor } from 'xstate'
import { addVideos } from '#client/features/videos/add-videos.ts'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { createAuthoring, type Environment } from '#client/features/videos/videos.actors.ts'
import type { Link, MediaPick, Video } from '#contract/videos.ts'
import type { ChapterEvent } from '#machines/chapter.machine.ts'
import { findVideo } from '#machines/pending-videos.ts'
import type { VideoInput } from '#machines/video.context.ts'
import type { VideoEvent, videoMachine } from '#machines/video.machine.ts'
import { fakeServer, problemAnswer, type SentRequest } from './fake-server.ts'
import {
  chapterId,
  createId,
  createLineResponse,
  createVideo,
  doneLine,
  problemWith,
} from './link-answers.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  onlineManager.setOnline(true)
})

const row: Video = { ...createVideo(1), filename: 'Base.mp4', version: 3, revision: 4 }
const pageId = createId(777)
const cut = () => new TypeError('Failed to fetch')

/** Creates a clock that a test advances to the time when the next timer is due. */
function createClock() {
  const timers = new Map<number, { due: number; run: () => void }>()
  let now = 0
  let count = 0
  return {
    setTimeout: (run: () => void, milliseconds: number) => {
      count += 1
      timers.set(count, { due: now + milliseconds, run })
      return count
    },
    clearTimeout: (id: number) => timers.delete(id),
    /** Runs all timers that are due next, in one task. */
    jump() {
      now = Math.min(...[...timers.values()].map(({ due }) => due))
      for (const [id, { due, run }] of [...timers]) {
        if (due > now) continue
        timers.delete(id)
        run()
      }
    },
  }
}

const nextImmediate = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Opens a chapter with its real effects, whose cached list has the given rows. */
function openChapter(rows: Video[], changes: Partial<Environment> = {}) {
  const queryClient = new QueryClient()
  queryClient.setQueryData(videosQuery(chapterId).queryKey, { videos: rows, requestedAt: 0 })
  const clock = createClock()
  const waits: { milliseconds: number; signal: AbortSignal; end: () => void }[] = []
  const authoring = createAuthoring(queryClient, {
    framePainted: () => Promise.resolve(),
    yieldToBrowser: nextImmediate,
    delay: (milliseconds, signal) =>
      new Promise((end) => waits.push({ milliseconds, signal, end })),
    random: () => 0.5,
    pageId,
    actorOptions: { clock },
    ...changes,
  })
  const dispatch = (event: ChapterEvent) =>
    authoring.send({ type: 'chapter.dispatch', chapterId, event })
  const chapter = () => {
    const actor = authoring.getSnapshot().children[chapterId]
    if (!actor) throw new Error('no actor for the chapter')
    return actor
  }
  return {
    queryClient,
    authoring,
    clock,
    waits,
    dispatch,
    chapter,
    sendToVideo: (...events: VideoEvent[]) => {
      for (const event of events) dispatch({ type: 'video.dispatch', video: row, event })
    },
    add: (picks: MediaPick[]) => addVideos(authoring, queryClient, chapterId, picks, () => 0.3),
    // The machine's types don't distinguish the video actors from the children with fixed ids.
    video: (id = row.id) =>
      chapter().getSnapshot().children[id] as ActorRefFrom<typeof videoMachine>,
    list: (id = chapterId) => queryClient.getQueryData(videosQuery(id).queryKey)?.videos,
    isOutdated: () => queryClient.getQueryState(videosQuery(chapterId).queryKey)?.isInvalidated,
  }
}

/** Waits until nothing is in flight: everything is answered, or a retry is waiting. */
const waitUntilQuiet = async (video: ActorRefFrom<typeof videoMachine>) => {
  const isQuiet = ({ context }: ReturnType<typeof video.getSnapshot>) => context.request === null
  await waitFor(video, isQuiet)
  return video.getSnapshot()
}

const settled = { link: 'linked', filename: 'viewing', request: 'idle' }
const noContent = () => new Response(null, { status: 204 })
const staleRevision = (current: unknown) => problemAnswer({ ...problemWith(409), current })

describe('saving a name', () => {
  async function rename(...answers: Parameters<typeof fakeServer>) {
    const server = fakeServer(...answers)
    const { sendToVideo, ...chapter } = openChapter([row])
    sendToVideo({ type: 'video.edit', saved: row }, { type: 'video.rename', filename: 'Mine.mp4' })
    const snapshot = await waitUntilQuiet(chapter.video())
    return { ...server, ...chapter, sendToVideo, snapshot }
  }

  const patch = (version: number, revision: number) => ({
    method: 'PATCH',
    address: `/api/videos/${row.id}`,
    ifMatch: `"${version}"`,
    revision: String(revision),
    page: pageId,
    contentType: 'application/json',
    body: { filename: 'Mine.mp4' },
  })
  const mismatch = (video: Video) => problemAnswer({ ...problemWith(412), video })
  const moved: Video = { ...row, position: 'a5', version: 4, revision: 8 }
  const saved: Video = { ...row, filename: 'Mine.mp4', version: 4, revision: 5 }
  const renamed: Video = { ...row, filename: 'Theirs.mp4', version: 4, revision: 8 }

  test('sends its version, revision and page, and keeps the row in the response', async () => {
    const { sent, snapshot, list } = await rename(Response.json(saved))
    expect(sent).toEqual([patch(3, 5)])
    expect(snapshot.value).toEqual(settled)
    const { filename, position, version, revision } = saved
    expect(snapshot.context.confirmed).toEqual({
      status: 'linked',
      filename,
      chapterId,
      position,
      version,
      revision,
    })
    expect(snapshot.context.confirmedAt).toBeGreaterThan(0)
    expect(list()).toEqual([saved])
  })

  test('is sent again after a move, which is not a conflict', async () => {
    const after = { ...moved, filename: 'Mine.mp4', version: 5, revision: 9 }
    const { sent, snapshot, list } = await rename(mismatch(moved), Response.json(after))
    expect(sent).toEqual([patch(3, 5), patch(4, 9)])
    expect(snapshot.value).toEqual(settled)
    expect(list()).toEqual([after])
  })

  test('is sent again after another person’s change with a higher revision', async () => {
    const current = { status: 'linked', video: moved, revision: 8 }
    const after = { ...moved, filename: 'Mine.mp4', version: 5, revision: 9 }
    const { sent, snapshot, list } = await rename(staleRevision(current), Response.json(after))
    expect(sent).toEqual([patch(3, 5), patch(4, 9)])
    expect(snapshot.value).toEqual(settled)
    expect(list()).toEqual([after])
  })

  test('asks which name to keep if another person renamed the video', async () => {
    const { sent, snapshot, list } = await rename(mismatch(renamed))
    expect(sent).toEqual([patch(3, 5)])
    expect(snapshot.value).toEqual({ ...settled, filename: 'conflict' })
    expect(snapshot.context).toMatchObject({
      wanted: { filename: 'Mine.mp4' },
      confirmed: { filename: 'Theirs.mp4', version: 4, revision: 8 },
    })
    expect(list()).toEqual([renamed])
  })

  test('fails for a removed video, takes over its revision and marks the list as outdated', async () => {
    const gone = problemAnswer({ ...problemWith(410), revision: 12 })
    const { snapshot, isOutdated } = await rename(gone)
    expect(snapshot.value).toEqual({ ...settled, link: 'failed' })
    expect(snapshot.context).toMatchObject({
      problem: problemWith(410),
      revision: 12,
      confirmed: { status: 'removed' },
    })
    expect(isOutdated()).toBe(true)
  })

  test.each([
    ['a refusal', () => problemAnswer(problemWith(400)), 400],
    ['a missing row', () => problemAnswer(problemWith(404)), 404],
    ['a mismatch without the row', () => problemAnswer(problemWith(412)), 412],
    ['a conflict without the row', () => problemAnswer(problemWith(409)), 409],
    ['a malformed state of the row in the response', () => staleRevision({ status: 'odd' }), 409],
  ])('keeps the name after %s', async (_kind, answer, status) => {
    const { snapshot, list, isOutdated } = await rename(answer())
    expect(snapshot.value).toEqual({ ...settled, filename: 'unsaved' })
    expect(snapshot.context.wanted.filename).toBe('Mine.mp4')
    expect(snapshot.context.filenameProblem).toMatchObject({ status })
    expect([list(), isOutdated()]).toEqual([[row], true])
  })

  test.each([
    ['a crash', () => problemAnswer(problemWith(500))],
    ['a cut connection', cut],
    ['a success that can’t be read', () => new Response('{"id":', { status: 200 })],
  ])('is retried after %s', async (_kind, answer) => {
    const { clock, sent, snapshot, video, list } = await rename(answer(), Response.json(saved))
    expect(snapshot.value).toEqual({ ...settled, request: 'backingOff' })
    expect(snapshot.context).toMatchObject({ unknown: ['change'], filenameProblem: null })
    clock.jump()
    await waitFor(video(), ({ context }) => context.confirmed.filename === 'Mine.mp4')
    const { chapterId: chapter, position } = row
    expect(sent).toEqual([
      patch(3, 5),
      { ...patch(3, 6), body: { filename: 'Mine.mp4', chapterId: chapter, position } },
    ])
    expect(list()).toEqual([saved])
  })

  test('moves the row from one chapter’s list to the other’s', async () => {
    const other = createId(888)
    const there = { ...row, chapterId: other, position: 'b0', version: 4, revision: 5 }
    const { sent } = fakeServer(Response.json(there))
    const { sendToVideo, video, list, queryClient } = openChapter([row])
    queryClient.setQueryData(videosQuery(other).queryKey, { videos: [], requestedAt: 0 })
    sendToVideo({ type: 'video.move', place: { chapterId: other, position: 'b0', after: null } })
    await waitUntilQuiet(video())
    expect(sent.map(({ body }) => body)).toEqual([
      { chapterId: other, position: 'b0', after: null },
    ])
    expect([list(), list(other)]).toEqual([[], [there]])
  })
})

describe('removing and restoring', () => {
  const createHeaders = (revision: number) => ({ revision: String(revision), page: pageId })
  const remove = (revision: number) => ({
    method: 'DELETE',
    address: `/api/videos/${row.id}`,
    ...createHeaders(revision),
  })
  const restore = (revision: number) => ({
    method: 'POST',
    address: `/api/videos/${row.id}/restore`,
    ...createHeaders(revision),
  })

  async function removeFirst(...answers: Parameters<typeof fakeServer>) {
    const server = fakeServer(...answers)
    const chapter = openChapter([row])
    chapter.sendToVideo({ type: 'video.remove' })
    const snapshot = await waitUntilQuiet(chapter.video())
    return { ...server, ...chapter, snapshot }
  }

  async function removeAndRestore(...answers: Parameters<typeof fakeServer>) {
    const removed = await removeFirst(noContent(), ...answers)
    const listAfterRemoval = removed.list()
    removed.sendToVideo({ type: 'video.restore' })
    return { ...removed, listAfterRemoval, snapshot: await waitUntilQuiet(removed.video()) }
  }

  test('takes the row out of the list and puts back the server’s row', async () => {
    const back = { ...row, version: 5, revision: 6 }
    const { sent, listAfterRemoval, list, snapshot } = await removeAndRestore(Response.json(back))
    expect(sent).toEqual([remove(5), restore(6)])
    expect([listAfterRemoval, list()]).toEqual([[], [back]])
    expect(snapshot.value).toEqual(settled)
  })

  test('links a video again that the server never had', async () => {
    const { mediaId, filename, position, id } = row
    const again = { ...row, version: 1, revision: 6 }
    const { sent, list, snapshot } = await removeAndRestore(
      noContent(),
      createLineResponse(JSON.stringify({ id, status: 201, video: again }), doneLine),
    )
    expect(sent).toEqual([
      remove(5),
      restore(6),
      {
        method: 'POST',
        address: `/api/chapters/${chapterId}/videos/batch`,
        contentType: 'application/json',
        body: { videos: [{ id, mediaId, filename, position }] },
      },
    ])
    expect(list()).toEqual([again])
    expect(snapshot.value).toEqual(settled)
  })

  test('fails if the asset was linked again in the meantime', async () => {
    const { snapshot, list } = await removeAndRestore(problemAnswer(problemWith(409)))
    expect(snapshot.value).toEqual({ ...settled, link: 'failed' })
    expect(snapshot.context.problem).toEqual(problemWith(409))
    expect(list()).toEqual([])
  })

  test('removes a video again that another person restored, without showing it', async () => {
    const restored = { ...row, version: 5, revision: 9 }
    const current = { status: 'linked', video: restored, revision: 9 }
    const { sent, snapshot, list } = await removeFirst(staleRevision(current), noContent())
    expect(sent).toEqual([remove(5), remove(10)])
    expect(snapshot.value).toEqual({ ...settled, link: 'removed' })
    expect(list()).toEqual([])
  })

  test('accepts another person’s removal', async () => {
    const gone = { status: 'removed', video: { ...row, revision: 9 }, revision: 9 }
    const { sent, snapshot, list } = await removeFirst(staleRevision(gone))
    expect(sent).toEqual([remove(5)])
    expect(snapshot.value).toEqual({ ...settled, link: 'removed' })
    expect(snapshot.context).toMatchObject({ revision: 9, confirmed: { status: 'removed' } })
    expect(list()).toEqual([])
  })

  test.each([
    // A link sent earlier may still fill it.
    ['vacant', 'unlinked', 'removing'],
    ['removed', 'removed', 'removed'],
  ])(
    'takes a %s row without content as %s, and its state becomes %s',
    async (status, confirmedStatus, link) => {
      const current = { status, video: null, revision: 9 }
      const { snapshot } = await removeFirst(staleRevision(current))
      expect(snapshot.context.confirmed).toMatchObject({
        status: confirmedStatus,
        version: 0,
        revision: 9,
      })
      expect(snapshot.value).toMatchObject({ link })
    },
  )

  test('keeps the row in the list when the removal is refused', async () => {
    const { snapshot, list, isOutdated } = await removeFirst(problemAnswer(problemWith(403)))
    expect(snapshot.value).toEqual({ ...settled, link: 'failed' })
    expect([list(), isOutdated()]).toEqual([[row], false])
  })
})

const picks: MediaPick[] = Array.from({ length: 8 }, (_, index) => {
  const { mediaId, filename, durationSeconds } = createVideo(index + 2)
  return { mediaId, filename, durationSeconds }
})

// The tests check the request's body only after the response.
const getLinks = ({ body }: SentRequest) => (body as { videos: Link[] }).videos

const linkedRow = (link: Link): Video => ({
  ...link,
  chapterId,
  version: 1,
  revision: 0,
  durationSeconds: 2,
})

/** Links every video of a batch except the second, which it refuses. */
const linkAllButSecond = (request: SentRequest) =>
  createLineResponse(
    ...getLinks(request).map((link, index) =>
      JSON.stringify(
        index === 1
          ? { id: link.id, status: 409, problem: problemWith(409) }
          : { id: link.id, status: 201, video: linkedRow(link) },
      ),
    ),
    doneLine,
  )

const linkAll = (request: SentRequest) =>
  createLineResponse(
    ...getLinks(request).map((link) =>
      JSON.stringify({ id: link.id, status: 201, video: linkedRow(link) }),
    ),
    doneLine,
  )

describe('adding', () => {
  const toLink = ({ id, mediaId, filename, position }: VideoInput) => ({
    id,
    mediaId,
    filename,
    position,
  })

  test('sends the links of all picks at once, in one request, in order after the last video', async () => {
    const { sent } = fakeServer(linkAllButSecond)
    const { add, chapter, list } = openChapter([row])
    add(picks.slice(0, 3))
    const { added } = chapter().getSnapshot().context
    expect(sent).toEqual([
      {
        method: 'POST',
        address: `/api/chapters/${chapterId}/videos/batch`,
        contentType: 'application/json',
        body: { videos: added.map(toLink) },
      },
    ])
    expect(added.map(({ mediaId }) => mediaId)).toEqual(
      picks.slice(0, 3).map(({ mediaId }) => mediaId),
    )
    const positions = [row.position, ...added.map(({ position }) => position)]
    expect(positions).toEqual([...new Set(positions)].sort())

    await waitFor(chapter(), (snapshot) => snapshot.matches('settled'))
    expect(sent).toHaveLength(1)
    const { videos } = chapter().getSnapshot().context
    expect(added.map(({ id }) => findVideo(videos, id)?.status)).toEqual([
      'linked',
      'failed',
      'linked',
    ])
    expect(list()?.map(({ id }) => id)).toEqual([row.id, added[0]?.id, added[2]?.id])
  })

  test('sends them even while the browser reports that it is offline', async () => {
    onlineManager.setOnline(false)
    const { sent } = fakeServer(linkAll)
    const { add, chapter } = openChapter([row])
    add(picks)
    expect(sent).toHaveLength(1)
    await waitFor(chapter(), (snapshot) => snapshot.matches('settled'))
    expect(sent).toHaveLength(1)
  })

  test('aborts its request and the frame if its chapter is closed before it is painted', async () => {
    const frames: AbortSignal[] = []
    const never = new Promise<never>(() => {})
    const { signals } = fakeServer(() => never)
    const { add, authoring } = openChapter([row], {
      framePainted: (signal) => {
        frames.push(signal)
        return never
      },
    })
    add(picks)
    authoring.send({ type: 'chapter.close', chapterId })
    expect(frames.map(({ aborted }) => aborted)).toEqual([true])
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  })

  test('gives its actors the links already sent, even for picks added before the next frame', async () => {
    const frames: (() => void)[] = []
    const { sent, signals } = fakeServer(linkAll, linkAll)
    const { add, chapter } = openChapter([row], {
      framePainted: () => new Promise((resolve) => frames.push(resolve)),
    })
    add(picks.slice(0, 2))
    add(picks.slice(2, 4))
    for (const paint of frames) paint()
    await waitFor(chapter(), (snapshot) => snapshot.matches('settled'))
    expect(sent.map((request) => getLinks(request).length)).toEqual([2, 2])
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, false])
  })
})

describe('links lost together', () => {
  const randoms = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
    minLength: 16,
    maxLength: 16,
  })

  test('are retried together in one batch, whatever the random source returns', async () => {
    await fc.assert(
      fc.asyncProperty(randoms, async (values) => {
        let drawn = 0
        const random = () => values[drawn++ % values.length] ?? 0
        // One response for each link, in case each is retried separately.
        const { sent } = fakeServer(cut(), ...picks.map(() => linkAll))
        const { add, chapter, video, clock, authoring } = openChapter([row], { random })
        add(picks)
        await nextImmediate()
        const ids = chapter().getSnapshot().context.counted
        await Promise.all(
          ids.map((id) => waitFor(video(id), ({ value }) => value.request === 'backingOff')),
        )
        while (!chapter().getSnapshot().matches('settled')) {
          const isDue = ids.some((id) => video(id).getSnapshot().value.request === 'backingOff')
          if (isDue) clock.jump()
          await nextImmediate()
        }
        expect(sent.map((request) => getLinks(request).map(({ id }) => id))).toEqual([ids, ids])
        authoring.stop()
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })
})

describe('a retry that waits for a connection', () => {
  async function startWaiting(...answers: Parameters<typeof fakeServer>) {
    onlineManager.setOnline(false)
    const server = fakeServer(cut(), ...answers)
    const chapter = openChapter([row])
    chapter.sendToVideo({ type: 'video.remove' })
    await waitUntilQuiet(chapter.video())
    chapter.clock.jump()
    expect(chapter.video().getSnapshot().value).toMatchObject({ request: 'waiting' })
    expect(chapter.waits.map(({ milliseconds }) => milliseconds)).toEqual([30_000])
    return { ...server, ...chapter }
  }

  const expectRemoved = async ({
    video,
    waits,
    sent,
  }: Awaited<ReturnType<typeof startWaiting>>) => {
    await waitFor(video(), (snapshot) => snapshot.matches({ link: 'removed' }))
    expect(waits.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(onlineManager.hasListeners()).toBe(false)
    expect(sent.filter(({ method }) => method === 'DELETE')).toHaveLength(2)
  }

  test('is sent when the browser is online', async () => {
    const started = await startWaiting(noContent())
    onlineManager.setOnline(true)
    await expectRemoved(started)
  })

  test.each([
    ['answered', () => Response.json({ videos: [] })],
    ['refused', () => problemAnswer(problemWith(404))],
  ])('is sent when another request is %s', async (_name, answer) => {
    const started = await startWaiting(answer(), noContent())
    const other = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } })
    await other.prefetchQuery({ ...videosQuery(chapterId), retry: false })
    await expectRemoved(started)
  })

  test('is sent after half a minute', async () => {
    const started = await startWaiting(noContent())
    for (const { end } of started.waits) end()
    await expectRemoved(started)
  })

  test('cleans up when its chapter is closed', async () => {
    const { authoring, waits } = await startWaiting()
    authoring.send({ type: 'chapter.close', chapterId })
    await nextImmediate()
    expect(waits.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(onlineManager.hasListeners()).toBe(false)
  })
})

test('aborts a request in flight when its chapter is closed', async () => {
  const { signals } = fakeServer(() => new Promise<never>(() => {}))
  const { sendToVideo, authoring } = openChapter([row])
  sendToVideo({ type: 'video.remove' })
  await nextImmediate()
  authoring.send({ type: 'chapter.close', chapterId })
  expect(signals.map((signal) => signal?.aborted)).toEqual([true])
})

test('sends changes of many videos a few at a time, and cancelled ones not at all', async () => {
  const rows = Array.from({ length: 10 }, (_, index) => createVideo(index + 1))
  const answers: (() => void)[] = []
  const hold = () => new Promise<Response>((resolve) => answers.push(() => resolve(noContent())))
  const { signals } = fakeServer(...rows.map(() => hold))
  const { dispatch, authoring } = openChapter(rows)
  for (const video of rows)
    dispatch({ type: 'video.dispatch', video, event: { type: 'video.remove' } })
  await nextImmediate()
  expect(signals.length).toBe(6)
  answers[0]?.()
  await expect.poll(() => signals.length).toBe(7)
  authoring.send({ type: 'chapter.close', chapterId })
  await nextImmediate()
  expect(signals.length).toBe(7)
})
