import { describe, expect, test } from 'vitest'
import {
  type ActorRefFrom,
  createActor,
  fromCallback,
  SimulatedClock,
  type Snapshot,
  type SnapshotFrom,
  sendTo,
  setup,
} from 'xstate'
import { computeBackoff } from '#machines/backoff.ts'
import { type ChapterEvent, chapterMachine } from '#machines/chapter.machine.ts'
import { countLinks, countUnsavedNames } from '#machines/link-progress.ts'
import { findVideo, noVideos } from '#machines/pending-videos.ts'
import {
  describeVideo,
  initialContext,
  type SavedRow,
  type VideoInput,
  type VideoRequest,
} from '#machines/video.context.ts'
import type { VideoEvent, videoMachine } from '#machines/video.machine.ts'
import {
  cut,
  fakeEffect,
  fakeVideoEffects,
  linked,
  refused,
  removed,
  row,
  stale,
} from './fake-effects.ts'

const pick = (number: number): VideoInput => ({
  id: `video-${number}`,
  chapterId: 'chapter-1',
  mediaId: `media-${number}`,
  filename: `Lesson ${number}.mp4`,
  position: `a${number}`,
  version: 0,
  revision: 0,
  durationSeconds: number,
})

const picks = (...numbers: number[]) => numbers.map(pick)

/**
 * The effects of a chapter, with a record of what is prefetched and which prefetches have stopped.
 */
function createChapterEffects() {
  const effects = fakeVideoEffects()
  const framePainted = fakeEffect<void>()
  const prefetched: { chapterId: string; ids: string[]; isStopped: boolean }[] = []
  const machine = chapterMachine.provide({
    actors: {
      video: effects.machine,
      framePainted: framePainted.actor,
      prefetchLinks: fromCallback<
        { type: string },
        { chapterId: string; videos: readonly VideoInput[] }
      >(({ input }) => {
        const ids = input.videos.map(({ id }) => id)
        const call = { chapterId: input.chapterId, ids, isStopped: false }
        prefetched.push(call)
        return () => {
          call.isStopped = true
        }
      }),
    },
  })
  return { ...effects, framePainted, prefetched, machine }
}

/** Returns the actors of a chapter's videos, without the actors that it invoked itself. */
function getVideos({ children }: SnapshotFrom<typeof chapterMachine>) {
  const { framePainted: _framePainted, prefetchLinks: _prefetchLinks, ...videos } = children
  // The machine's types can't distinguish children with fixed ids from the videos.
  return videos as Record<string, ActorRefFrom<typeof videoMachine>>
}

function startChapter({ snapshot }: { snapshot?: Snapshot<unknown> } = {}) {
  const effects = createChapterEffects()
  const clock = new SimulatedClock()
  const parentMachine = setup({
    types: { children: {} as Record<string, 'chapter'> },
    actors: { chapter: effects.machine },
  }).createMachine({
    invoke: { id: 'chapter-1', src: 'chapter', input: { chapterId: 'chapter-1' } },
    // As the root does, passes on that a video has left.
    on: {
      'blocker.cleared': { actions: sendTo('chapter-1', ({ event }) => event as ChapterEvent) },
    },
  })
  const parent = createActor(parentMachine, { clock, ...(snapshot && { snapshot }) }).start()
  const chapter = parent.getSnapshot().children['chapter-1']
  if (!chapter) throw new Error('The chapter was not started')
  const read = () => chapter.getSnapshot()
  const send = (event: ChapterEvent) => chapter.send(event)
  const dispatch = (id: string, ...events: VideoEvent[]) => {
    for (const event of events) send({ type: 'video.dispatch', video: { ...row, id }, event })
  }
  return {
    ...effects,
    clock,
    parent,
    chapter,
    read,
    send,
    dispatch,
    state: () => read().value,
    context: () => read().context,
    counts: () => countLinks(read().context),
    unsaved: () => countUnsavedNames(read().context.videos.list),
    video: (id: string) => getVideos(read())[id],
    videoIds: () => Object.keys(getVideos(read())),
    stateOf: (id: string) => getVideos(read())[id]?.getSnapshot().value,
    add: (...numbers: number[]) => send({ type: 'videos.add', videos: picks(...numbers) }),
    paint: async () => (await effects.framePainted.next()).resolve(),
    /** Takes the next requests, which must be for these videos. */
    async requestsFor(...ids: string[]) {
      const calls = await Promise.all(ids.map(() => effects.requests.next()))
      expect(calls.map(({ input: sent }) => sent.id)).toEqual(ids)
      return calls
    },
    rename: (id: string, filename: string, saved: SavedRow = row) =>
      dispatch(id, { type: 'video.edit', saved }, { type: 'video.rename', filename }),
  }
}

type Call = Awaited<ReturnType<ReturnType<typeof startChapter>['requestsFor']>>[number]

/** The server's answer to a link that it accepts. */
const createAnswer = ({ input }: { input: VideoRequest }) =>
  linked({ ...input.link, chapterId: input.chapterId, version: 1, revision: 0 })

const accept = (call: Call) => call.resolve(createAnswer(call))

/** Starts a chapter with three added videos whose links are in flight. */
async function startLinking() {
  const started = startChapter()
  started.add(1, 2, 3)
  await started.paint()
  const links = await started.requestsFor('video-1', 'video-2', 'video-3')
  const [first, second, third] = links
  if (!first || !second || !third) throw new Error('three links were expected')
  return { ...started, links, first, second, third }
}

const zero = { pending: 0, linked: 0, failed: 0, total: 0 }

describe('adding', () => {
  test('shows the picks and sends their links at once, and starts their actors after the paint', async () => {
    const started = startChapter()
    const { add, counts, state, context, prefetched, videoIds } = started
    expect([state(), counts()]).toEqual(['settled', zero])
    add(1, 2)
    expect(prefetched).toEqual([
      { chapterId: 'chapter-1', ids: ['video-1', 'video-2'], isStopped: false },
    ])
    expect(context().added).toEqual(
      picks(1, 2).map((video) => ({ ...video, blockedBy: null, isSent: true })),
    )
    const { id, mediaId, durationSeconds, chapterId, filename, position } = pick(1)
    expect(findVideo(context().videos, id)).toEqual({
      id,
      mediaId,
      durationSeconds,
      blockedBy: null,
      wanted: { isPresent: true, filename, chapterId, position },
      confirmed: { status: 'unlinked', filename, chapterId, position, version: 0, revision: 0 },
      confirmedAt: 0,
      problem: null,
      placeProblem: null,
      status: 'optimistic',
      filenameStatus: 'saved',
      isEditing: false,
      isMoving: false,
    })
    expect(started.read().hasTag('busy')).toBe(true)
    expect(state()).toBe('showing')
    expect(counts()).toEqual({ ...zero, pending: 2, total: 2 })
    expect(videoIds()).toEqual([])

    await started.paint()
    await started.requestsFor('video-1', 'video-2')
    expect(videoIds()).toEqual(['video-1', 'video-2'])
    expect(context().added).toEqual([])
    expect(findVideo(context().videos, id)?.status).toBe('linking')
    expect(state()).toBe('linking')
    expect(prefetched.map(({ isStopped }) => isStopped)).toEqual([true])
  })

  test('links even on a page that can’t tell when it has painted', async () => {
    const { add, framePainted, requestsFor, state } = startChapter()
    add(1)
    await (await framePainted.next()).reject(cut)
    await requestsFor('video-1')
    expect(state()).toBe('linking')
  })

  test('links even if nothing can be prefetched', async () => {
    const { machine, framePainted, requests } = createChapterEffects()
    const broken = fromCallback<
      { type: string },
      { chapterId: string; videos: readonly VideoInput[] }
    >(() => {
      throw cut
    })
    const chapter = createActor(machine.provide({ actors: { prefetchLinks: broken } }), {
      input: { chapterId: 'chapter-1' },
      clock: new SimulatedClock(),
    }).start()
    chapter.send({ type: 'videos.add', videos: picks(1) })
    await (await framePainted.next()).resolve()
    expect((await requests.next()).input.id).toBe('video-1')
    expect(chapter.getSnapshot().status).toBe('active')
  })

  test('accepts more picks before the first are painted: those start at once, the new ones are prefetched', async () => {
    const { add, framePainted, requestsFor, counts, prefetched, context } = startChapter()
    add(1, 2)
    add(3)
    const [first, second] = [await framePainted.next(), await framePainted.next()]
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false])
    expect(context().added.map(({ id }) => id)).toEqual(['video-3'])
    await second.resolve()
    await requestsFor('video-1', 'video-2', 'video-3')
    expect(counts()).toEqual({ ...zero, pending: 3, total: 3 })
    expect(prefetched.map(({ ids }) => ids)).toEqual([['video-1', 'video-2'], ['video-3']])
  })

  test('of nothing settles at once', async () => {
    const { add, paint, state, counts, chapter } = startChapter()
    add()
    await paint()
    expect([state(), counts()]).toEqual(['settled', zero])
    expect(chapter.getSnapshot().hasTag('busy')).toBe(false)
  })

  test('lets a video be acted on before it is painted', async () => {
    const { add, dispatch, paint, requestsFor, requests, stateOf, counts, context } = startChapter()
    add(1, 2)
    dispatch('video-2', { type: 'video.remove' })
    expect(stateOf('video-2')).toMatchObject({ link: 'removing', request: 'sending' })
    expect(context().added.map(({ id }) => id)).toEqual(['video-1'])
    expect(counts()).toEqual({ ...zero, pending: 1, total: 1 })

    await paint()
    await requestsFor('video-2', 'video-2', 'video-1')
    const sent = requests.calls.map(({ input, signal }) => [input.kind, input.id, signal.aborted])
    expect(sent).toEqual([
      ['link', 'video-2', true],
      ['remove', 'video-2', false],
      ['link', 'video-1', false],
    ])
  })

  test('that is stopped before its frame is painted releases its prefetched links', () => {
    const { add, parent, prefetched, framePainted, requests } = startChapter()
    add(1)
    parent.stop()
    expect(prefetched.map(({ isStopped }) => isStopped)).toEqual([true])
    expect(framePainted.calls.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(requests.calls).toEqual([])
  })
})

describe('a change to many videos', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...row,
      id: `row-${index + 1}`,
      mediaId: `asset-${index + 1}`,
    }))
  const removeAll = (videos: readonly VideoInput[]): ChapterEvent => ({
    type: 'videos.dispatch',
    dispatches: videos.map((video) => ({ video, event: { type: 'video.remove' } })),
  })

  test('shows at once and reaches the actors after the paint, forty per frame', async () => {
    const { send, paint, state, context, videoIds, requests } = startChapter()
    send(removeAll(rows(90)))
    const shown = context().videos.list
    expect(shown.map(({ status }) => status)).toEqual(rows(90).map(() => 'removing'))
    expect([state(), videoIds(), context().due.length]).toEqual(['showing', [], 90])
    await paint()
    expect([state(), videoIds().length, context().due.length]).toEqual(['showing', 40, 50])
    await paint()
    expect([state(), videoIds().length, context().due.length]).toEqual(['showing', 80, 10])
    await paint()
    expect([videoIds().length, context().due]).toEqual([90, []])
    expect(state()).toBe('settled')
    expect(new Set(requests.calls.map(({ input }) => input.kind))).toEqual(new Set(['remove']))
    expect(requests.calls).toHaveLength(90)
  })

  test('is applied before a later change to one of them', () => {
    const { send, dispatch, context, stateOf } = startChapter()
    send(removeAll(rows(2)))
    dispatch('row-2', { type: 'video.restore' })
    expect(context().due.map(({ video }) => video.id)).toEqual(['row-1'])
    expect(findVideo(context().videos, 'row-2')?.wanted.isPresent).toBe(true)
    // The removal was sent, and its undo follows.
    expect(stateOf('row-2')).toMatchObject({ link: 'linking', request: 'sending' })
  })

  test('stays shown, whatever the actors report before it reaches them', async () => {
    const { send, dispatch, requests, context } = startChapter()
    dispatch('row-1', { type: 'video.move', place: { chapterId: row.chapterId, position: 'a5' } })
    const move = await requests.next()
    send(removeAll(rows(1)))
    expect(findVideo(context().videos, 'row-1')?.status).toBe('removing')
    await move.resolve(linked({ ...row, position: 'a5', version: row.version + 1 }))
    expect(findVideo(context().videos, 'row-1')).toMatchObject({
      status: 'removing',
      wanted: { isPresent: false, position: 'a5' },
    })
  })

  test('blocks a pick of the same asset, whatever is reported meanwhile', async () => {
    const { send, dispatch, requests, context } = startChapter()
    dispatch('row-90', { type: 'video.move', place: { chapterId: row.chapterId, position: 'a5' } })
    const move = await requests.next()
    send(removeAll(rows(90)))
    send({ type: 'videos.add', videos: [{ ...pick(1), blockedBy: 'row-90' }] })
    expect(context().due.map(({ video }) => video.id)).toContain('row-90')
    await move.resolve(linked({ ...row, position: 'a5', version: row.version + 1 }))
    expect(context().added.map(({ blockedBy }) => blockedBy)).toEqual(['row-90'])
  })

  test('proceeds even if the page can’t tell when it has painted', async () => {
    const { send, framePainted, context, state } = startChapter()
    send(removeAll(rows(90)))
    for (let frame = 0; frame < 3; frame += 1) await (await framePainted.next()).reject(cut)
    expect([context().due, state()]).toEqual([[], 'settled'])
  })
})

describe('the link progress', () => {
  test('settles each video on its own, in whatever order the responses arrive', async () => {
    const { first, second, third, counts, state, stateOf } = await startLinking()
    await accept(third)
    await first.resolve(refused('No room'))
    expect(counts()).toEqual({ pending: 1, linked: 1, failed: 1, total: 3 })
    expect([state(), second.signal.aborted]).toEqual(['linking', false])

    await accept(second)
    expect(counts()).toEqual({ pending: 0, linked: 2, failed: 1, total: 3 })
    expect(state()).toBe('settled')
    expect(stateOf('video-1')).toMatchObject({ link: 'failed' })
  })

  test('counts a video that is being retried as pending', async () => {
    const { first, second, third, counts, clock, connection, requestsFor } = await startLinking()
    for (const link of [second, third]) await accept(link)
    await first.reject(cut)
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 0, total: 3 })
    clock.increment(computeBackoff(1))
    await (await connection.next()).resolve()
    for (const link of await requestsFor('video-1')) await accept(link)
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
  })

  test('does not count a removed video until its removal is undone', async () => {
    const { first, second, third, dispatch, counts, state, requests } = await startLinking()
    for (const link of [first, second]) await accept(link)
    dispatch('video-3', { type: 'video.remove' })
    expect(third.signal.aborted).toBe(true)
    expect(counts()).toEqual({ pending: 0, linked: 2, failed: 0, total: 2 })
    expect(state()).toBe('settled')

    await (await requests.next()).resolve(removed(1))
    dispatch('video-3', { type: 'video.restore' })
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 0, total: 3 })
    expect(state()).toBe('linking')
    await (await requests.next()).resolve(linked({ revision: 2 }))
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
    expect(state()).toBe('settled')
  })

  test('does not settle between the answer to an undone removal and its restoration', async () => {
    const { chapter, first, second, dispatch, state, requests } = await startLinking()
    for (const link of [first, second]) await accept(link)
    dispatch('video-3', { type: 'video.remove' })
    const removal = await requests.next()
    dispatch('video-3', { type: 'video.restore' })
    expect(state()).toBe('linking')

    const states: unknown[] = []
    chapter.subscribe(({ value }) => states.push(value))
    await removal.resolve(removed(1))
    expect(new Set(states)).toEqual(new Set(['linking']))
  })

  test('retries every failed video, and no other', async () => {
    const { send, first, second, third, requests, counts, state } = await startLinking()
    for (const link of [first, third]) await link.resolve(refused('No room'))
    await accept(second)
    send({ type: 'videos.retryFailed' })
    expect(counts()).toEqual({ pending: 2, linked: 1, failed: 0, total: 3 })
    expect(state()).toBe('linking')

    const again = [await requests.next(), await requests.next()]
    expect(again.map(({ input }) => input)).toEqual([first.input, third.input])
    for (const link of again) await accept(link)
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
    expect(state()).toBe('settled')
  })

  test('starts over with new picks once all are linked or removed', async () => {
    const { links, add, counts, context } = await startLinking()
    for (const link of links) await accept(link)
    add(4)
    expect(counts()).toEqual({ ...zero, pending: 1, total: 1 })
    expect(context().counted).toEqual(['video-4'])
    expect(context().videos.list).toHaveLength(4)
  })

  test('keeps counting with new picks while a video is failed or pending', async () => {
    const { first, second, third, add, counts } = await startLinking()
    await accept(first)
    add(4)
    expect(counts()).toEqual({ pending: 3, linked: 1, failed: 0, total: 4 })
    await accept(second)
    await third.resolve(refused('No room'))
    add(5)
    expect(counts()).toEqual({ pending: 2, linked: 2, failed: 1, total: 5 })
  })

  test('ignores counted ids without a report', () => {
    const videos = noVideos
    expect(countLinks({ videos, counted: ['video-1'] })).toEqual(zero)
  })
})

describe('a row from the server', () => {
  test('gets one actor, when it is first acted on, and counts only if that fails', async () => {
    const { dispatch, videoIds, requests, counts, state, context } = startChapter()
    dispatch(row.id, { type: 'video.remove' })
    expect(videoIds()).toEqual([row.id])
    expect(counts()).toEqual(zero)

    await (await requests.next()).resolve(removed(5))
    dispatch(row.id, { type: 'video.restore' })
    await (await requests.next()).resolve(refused('The asset was linked anew', 409))
    expect(counts()).toEqual({ ...zero, failed: 1, total: 1 })
    expect(context().counted).toEqual([row.id])
    expect([state(), videoIds()]).toEqual(['settled', [row.id]])

    dispatch(row.id, { type: 'video.retry' })
    await (await requests.next()).resolve(refused('Still there', 409))
    expect(context().counted).toEqual([row.id])
  })

  test('is reported as the server has it, and with whether its editor is open', () => {
    const { dispatch, context } = startChapter()
    dispatch(row.id, { type: 'video.edit', saved: row })
    expect(findVideo(context().videos, row.id)).toMatchObject({
      status: 'linked',
      confirmed: { status: 'linked', version: 3, revision: 4 },
      isEditing: true,
    })
    dispatch(row.id, { type: 'video.cancel' })
    expect(findVideo(context().videos, row.id)).toMatchObject({ isEditing: false })
  })

  test('is still reported as being edited after a report of its link', async () => {
    const { dispatch, context, first } = await startLinking()
    dispatch('video-1', { type: 'video.edit', saved: row })
    await accept(first)
    expect(findVideo(context().videos, 'video-1')).toMatchObject({
      status: 'linked',
      isEditing: true,
    })
    expect(findVideo(context().videos, 'video-2')).toMatchObject({
      status: 'linking',
      isEditing: false,
    })
  })

  test('keeps its actor after its removal, for an undo', async () => {
    const { dispatch, video, requests, context } = startChapter()
    dispatch(row.id, { type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    expect(video(row.id)?.getSnapshot().status).toBe('active')
    expect(findVideo(context().videos, row.id)).toMatchObject({ status: 'removed' })
  })

  test('that the chapter does not have is ignored in reports of editors', () => {
    const { send, context } = startChapter()
    send({ type: 'editor.reported', id: 'nobody', isOpen: true })
    expect(context().videos).toEqual(noVideos)
  })
})

test('an added video that is removed is no longer counted', async () => {
  const { dispatch, requests, counts } = await startLinking()
  dispatch('video-2', { type: 'video.remove' })
  await (await requests.next()).resolve(removed(1))
  expect(counts()).toEqual({ ...zero, pending: 2, total: 2 })
})

describe('a video whose file is being uploaded', () => {
  const waiting: VideoInput = { ...pick(1), blockedBy: 'media-1' }
  const ready: ChapterEvent = { type: 'asset.ready', mediaId: 'media-1' }

  test('is shown at once, and linked when its file is ready', async () => {
    const { send, prefetched, context, paint, requests, requestsFor, stateOf } = startChapter()
    send({ type: 'videos.add', videos: [waiting, pick(2)] })
    expect(prefetched.map(({ ids }) => ids)).toEqual([['video-2']])
    expect(findVideo(context().videos, 'video-1')).toMatchObject({ status: 'optimistic' })
    await paint()
    await requestsFor('video-2')
    expect(stateOf('video-1')?.request).toBe('idle')
    send({ type: 'asset.ready', mediaId: 'media-2' })
    expect(requests.calls).toHaveLength(1)
    send(ready)
    await requestsFor('video-1')
  })

  test('is not blocked if its file is ready before it is painted', async () => {
    const { send, context, paint, requestsFor } = startChapter()
    send({ type: 'videos.add', videos: [waiting] })
    send(ready)
    expect(context().added).toMatchObject([{ id: 'video-1', blockedBy: null, isSent: false }])
    await paint()
    await requestsFor('video-1')
  })

  test('is not linked while it is removed, but once the removal is undone', async () => {
    const { send, dispatch, paint, requests, requestsFor } = startChapter()
    send({ type: 'videos.add', videos: [waiting] })
    await paint()
    dispatch('video-1', { type: 'video.remove' })
    send(ready)
    expect(requests.calls).toEqual([])
    dispatch('video-1', { type: 'video.restore' })
    await requestsFor('video-1')
  })
})

describe('an asset that is added again while its removal is in flight', () => {
  const again: VideoInput = { ...pick(9), mediaId: row.mediaId, blockedBy: row.id }

  async function startReadding() {
    const started = startChapter()
    started.dispatch(row.id, { type: 'video.remove' })
    const removal = await started.requests.next()
    started.send({ type: 'videos.add', videos: [again, pick(2)] })
    return { ...started, removal }
  }

  test('waits for the removal, shown as optimistic, and is not prefetched', async () => {
    const { context, prefetched, paint, requestsFor, counts, stateOf } = await startReadding()
    expect(findVideo(context().videos, 'video-9')).toMatchObject({
      status: 'optimistic',
      blockedBy: row.id,
    })
    expect(prefetched.map(({ ids }) => ids)).toEqual([['video-2']])
    expect(context().added).toMatchObject([
      { id: 'video-9', blockedBy: row.id, isSent: false },
      { id: 'video-2', blockedBy: null, isSent: true },
    ])
    await paint()
    await requestsFor('video-2')
    expect(stateOf('video-9')).toEqual({ link: 'optimistic', filename: 'viewing', request: 'idle' })
    expect(counts()).toEqual({ ...zero, pending: 2, total: 2 })
  })

  test.each([
    ['arrives', removed(5)],
    ['is refused', refused('Not yours')],
    ['was followed by someone else’s removal', stale({ status: 'removed', revision: 9 })],
  ])('is linked when the removal %s', async (_name, outcome) => {
    const { paint, requestsFor, removal, context } = await startReadding()
    await paint()
    await requestsFor('video-2')
    await removal.resolve(outcome)
    await requestsFor('video-9')
    expect(findVideo(context().videos, 'video-9')).toMatchObject({
      status: 'linking',
      blockedBy: null,
    })
  })

  test('is linked when the removal is undone', async () => {
    const { paint, requestsFor, dispatch } = await startReadding()
    await paint()
    await requestsFor('video-2')
    dispatch(row.id, { type: 'video.restore' })
    await requestsFor('video-9')
  })

  test('is not blocked if the removal arrives before it is painted', async () => {
    const { paint, requestsFor, removal, context } = await startReadding()
    await removal.resolve(removed(5))
    expect(context().added).toMatchObject([
      { id: 'video-9', blockedBy: null, isSent: false },
      { id: 'video-2', blockedBy: null, isSent: true },
    ])
    await paint()
    await requestsFor('video-9', 'video-2')
  })

  test('stays blocked while the removal is retried, or when another one arrives', async () => {
    const { paint, requestsFor, removal, requests, dispatch, stateOf } = await startReadding()
    await paint()
    await requestsFor('video-2')
    await removal.reject(cut)
    dispatch('row-2', { type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    expect(stateOf('video-9')).toMatchObject({ link: 'optimistic', request: 'idle' })
  })
})

describe('new names', () => {
  test('that are unsaved or in conflict are counted until they are settled', async () => {
    const { dispatch, rename, requests, unsaved } = startChapter()
    rename(row.id, 'Mine.mp4')
    expect(unsaved()).toBe(0)
    await (await requests.next()).resolve(refused('Not allowed'))
    expect(unsaved()).toBe(1)
    dispatch(row.id, { type: 'rename.retry' })
    expect(unsaved()).toBe(0)
    await (await requests.next()).resolve(stale({ filename: 'Theirs.mp4', version: 4 }))
    expect(unsaved()).toBe(1)
    dispatch(row.id, { type: 'rename.takeTheirs' })
    expect(unsaved()).toBe(0)
  })

  test('of several videos are counted, except of a removed one', async () => {
    const { dispatch, rename, requests, unsaved } = startChapter()
    for (const id of ['row-1', 'row-2', 'row-3']) {
      rename(id, 'Mine.mp4')
      await (await requests.next()).resolve(refused('Not allowed'))
    }
    expect(unsaved()).toBe(3)
    dispatch('row-1', { type: 'rename.discard' })
    expect(unsaved()).toBe(2)
    dispatch('row-2', { type: 'video.remove' })
    expect(unsaved()).toBe(1)
    await (await requests.next()).resolve(removed(6))
    expect(unsaved()).toBe(1)
    dispatch('row-2', { type: 'video.restore' })
    expect(unsaved()).toBe(2)
  })
})

describe('an effect that fails in an unexpected way', () => {
  test.each([undefined, null, 'odd', { outcome: 'confirmed' }])(
    'by rejecting with %o leaves the siblings alone',
    async (reason) => {
      const { chapter, first, second, stateOf } = await startLinking()
      await first.reject(reason)
      await accept(second)
      expect(chapter.getSnapshot().status).toBe('active')
      expect(['video-1', 'video-2', 'video-3'].map(stateOf)).toEqual([
        { link: 'linking', filename: 'viewing', request: 'backingOff' },
        { link: 'linked', filename: 'viewing', request: 'idle' },
        { link: 'linking', filename: 'viewing', request: 'sending' },
      ])
    },
  )
})

describe('a persisted chapter', () => {
  test('is JSON, can be restored, and resumes where it was', async () => {
    const before = await startLinking()
    before.add(4)
    await before.paint()
    const [fourth] = await before.requestsFor('video-4')
    await before.first.resolve(refused('No room'))
    await accept(before.second)
    before.rename('video-4', 'Mine.mp4', pick(4))
    const stored = JSON.parse(JSON.stringify(before.parent.getPersistedSnapshot()))
    before.parent.stop()

    const after = startChapter({ snapshot: stored })
    expect(after.counts()).toEqual({ pending: 2, linked: 1, failed: 1, total: 4 })
    expect(['video-1', 'video-2', 'video-3', 'video-4'].map(after.stateOf)).toEqual([
      { link: 'failed', filename: 'viewing', request: 'idle' },
      { link: 'linked', filename: 'viewing', request: 'idle' },
      { link: 'linking', filename: 'viewing', request: 'sending' },
      { link: 'linking', filename: 'viewing', request: 'sending' },
    ])

    const [third, again] = await after.requestsFor('video-3', 'video-4')
    if (!third || !again || !fourth) throw new Error('three links were expected')
    expect([third.input, again.input]).toEqual([before.third.input, fourth.input])
    await accept(third)
    await accept(again)
    const [save] = await after.requestsFor('video-4')
    expect(save?.input).toMatchObject({ kind: 'change', patch: { filename: 'Mine.mp4' } })

    after.send({ type: 'videos.retryFailed' })
    for (const link of await after.requestsFor('video-1')) await accept(link)
    expect(after.counts()).toEqual({ pending: 0, linked: 4, failed: 0, total: 4 })
    expect(after.state()).toBe('settled')
  })

  test('has a context of plain JSON, and so have its videos', async () => {
    const { chapter, first, add } = await startLinking()
    await first.resolve(refused('No room'))
    add(4)
    const videos = Object.values(getVideos(chapter.getSnapshot()))
    const contexts = [chapter, ...videos].map((actor) => actor.getSnapshot().context)
    expect(JSON.parse(JSON.stringify(contexts))).toStrictEqual(contexts)
  })
})

describe('resuming an earlier page', () => {
  const failedContext = { ...initialContext(pick(1)), problem: refused('No room').problem }
  const failedPick = { ...pick(1), kept: failedContext }
  const linkedRow = { ...pick(2), version: 1 }
  const linkedPick = { ...linkedRow, kept: initialContext(linkedRow) }

  test('shows and counts the videos that it left, and skips those that exist already', async () => {
    const { send, counts, context, paint, stateOf } = startChapter()
    send({ type: 'videos.resume', videos: [failedPick, linkedPick] })
    send({ type: 'videos.resume', videos: [{ ...failedPick, kept: initialContext(pick(1)) }] })
    expect(context().videos.list.map(({ status }) => status)).toEqual(['failed', 'linked'])
    expect(counts()).toEqual({ ...zero, failed: 1, total: 1 })
    await paint()
    expect(stateOf('video-1')).toMatchObject({ link: 'failed', request: 'idle' })
    expect(stateOf('video-2')).toMatchObject({ link: 'linked', request: 'idle' })
  })

  test('retries a failed link whose actor has not started', async () => {
    const { send, requestsFor, stateOf } = startChapter()
    send({ type: 'videos.resume', videos: [failedPick] })
    send({ type: 'videos.retryFailed' })
    await requestsFor('video-1')
    expect(stateOf('video-1')).toMatchObject({ link: 'linking' })
  })
})

test('the chapter knows what its videos report', async () => {
  const { read, first, second, third, dispatch, rename, requests } = await startLinking()
  await accept(first)
  await second.resolve(refused('No room'))
  await third.reject(cut)
  rename('video-1', 'Mine.mp4')
  await requests.next()
  dispatch('video-3', { type: 'video.remove' })
  for (const [id, video] of Object.entries(getVideos(read()))) {
    const { isEditing: _isEditing, ...report } = findVideo(read().context.videos, id) ?? {
      isEditing: false,
    }
    expect(report).toEqual(describeVideo(video.getSnapshot().context))
  }
})
