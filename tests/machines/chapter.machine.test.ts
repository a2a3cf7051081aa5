import { describe, expect, test } from 'vitest'
import {
  type ActorRefFrom,
  createActor,
  fromCallback,
  SimulatedClock,
  type Snapshot,
  type SnapshotFrom,
} from 'xstate'
import { backoffAfter } from '#machines/backoff.ts'
import { type ChapterEvent, chapterMachine } from '#machines/chapter.machine.ts'
import { countLinks, countUnsavedNames } from '#machines/link-progress.ts'
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
 * The effects of a chapter, with a record of what is prefetched and of what is no longer awaited.
 */
function fakeChapterEffects() {
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

/** The actors of a chapter's videos, without what it has invoked itself. */
function videosIn({ children }: SnapshotFrom<typeof chapterMachine>) {
  const { framePainted: _framePainted, prefetchLinks: _prefetchLinks, ...videos } = children
  // The machine's types can't tell the children with fixed ids from the many.
  return videos as Record<string, ActorRefFrom<typeof videoMachine>>
}

function startChapter({ snapshot }: { snapshot?: Snapshot<unknown> } = {}) {
  const effects = fakeChapterEffects()
  const clock = new SimulatedClock()
  const input = { chapterId: 'chapter-1' }
  const options = snapshot ? { snapshot } : {}
  const chapter = createActor(effects.machine, { input, clock, ...options }).start()
  const read = () => chapter.getSnapshot()
  const send = (event: ChapterEvent) => chapter.send(event)
  const tell = (id: string, ...events: VideoEvent[]) => {
    for (const event of events) send({ type: 'video.dispatch', video: { ...row, id }, event })
  }
  return {
    ...effects,
    clock,
    chapter,
    read,
    send,
    tell,
    state: () => read().value,
    context: () => read().context,
    counts: () => countLinks(read().context),
    unsaved: () => countUnsavedNames(Object.values(read().context.videos)),
    video: (id: string) => videosIn(read())[id],
    videoIds: () => Object.keys(videosIn(read())),
    stateOf: (id: string) => videosIn(read())[id]?.getSnapshot().value,
    add: (...numbers: number[]) => send({ type: 'videos.add', videos: picks(...numbers) }),
    paint: async () => (await effects.framePainted.next()).resolve(),
    /** The next requests, by their videos' ids. */
    async requestsFor(...ids: string[]) {
      const calls = await Promise.all(ids.map(() => effects.requests.next()))
      expect(calls.map(({ input: sent }) => sent.id)).toEqual(ids)
      return calls
    },
    rename: (id: string, filename: string, saved: SavedRow = row) =>
      tell(id, { type: 'video.edit', saved }, { type: 'video.rename', filename }),
  }
}

type Call = Awaited<ReturnType<ReturnType<typeof startChapter>['requestsFor']>>[number]

/** The server's answer to a link that it takes. */
const linkedAs = ({ input }: { input: VideoRequest }) =>
  linked({ ...input.link, chapterId: input.chapterId, version: 1, revision: 0 })

const take = (call: Call) => call.resolve(linkedAs(call))

/** A chapter to which three videos were added, whose links are in flight. */
async function startLinking() {
  const started = startChapter()
  started.add(1, 2, 3)
  await started.paint()
  const links = await started.requestsFor('video-1', 'video-2', 'video-3')
  const [first, second, third] = links
  if (!first || !second || !third) throw new Error('There are three links')
  return { ...started, links, first, second, third }
}

const zero = { pending: 0, linked: 0, failed: 0, total: 0 }

describe('adding', () => {
  test('shows the picks and sends their links at once, and starts their actors when they have been painted', async () => {
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
    expect(context().videos[id]).toEqual({
      id,
      mediaId,
      durationSeconds,
      blockedBy: null,
      wanted: { isPresent: true, filename, chapterId, position },
      confirmed: { status: 'unlinked', filename, chapterId, position, version: 0, revision: 0 },
      confirmedAt: 0,
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
    expect(context().videos[id]?.status).toBe('linking')
    expect(state()).toBe('linking')
    expect(prefetched.map(({ isStopped }) => isStopped)).toEqual([true])
  })

  test('links also on a page that can’t tell when it has painted', async () => {
    const { add, framePainted, requestsFor, state } = startChapter()
    add(1)
    await (await framePainted.next()).reject(cut)
    await requestsFor('video-1')
    expect(state()).toBe('linking')
  })

  test('links also where nothing can be prefetched', async () => {
    const { machine, framePainted, requests } = fakeChapterEffects()
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

  test('takes more picks before the first are painted: those start at once, the others are prefetched', async () => {
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
    const { add, tell, paint, requestsFor, requests, stateOf, counts, context } = startChapter()
    add(1, 2)
    tell('video-2', { type: 'video.remove' })
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

  test('that is stopped before its frame is painted lets go of its prefetched links', () => {
    const { add, chapter, prefetched, framePainted, requests } = startChapter()
    add(1)
    chapter.stop()
    expect(prefetched.map(({ isStopped }) => isStopped)).toEqual([true])
    expect(framePainted.calls.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(requests.calls).toEqual([])
  })
})

describe('what is done to many', () => {
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

  test('shows at once, and reaches their actors when it has been painted, forty between two frames', async () => {
    const { send, paint, state, context, videoIds, requests } = startChapter()
    send(removeAll(rows(90)))
    const shown = Object.values(context().videos)
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

  test('comes before what is done to one of them meanwhile', () => {
    const { send, tell, context, stateOf } = startChapter()
    send(removeAll(rows(2)))
    tell('row-2', { type: 'video.restore' })
    expect(context().due.map(({ video }) => video.id)).toEqual(['row-1'])
    expect(context().videos['row-2']?.wanted.isPresent).toBe(true)
    // The removal was sent, and is followed by its undo.
    expect(stateOf('row-2')).toMatchObject({ link: 'linking', request: 'sending' })
  })

  test('stays shown, whatever the actors report before they hear of it', async () => {
    const { send, tell, requests, context } = startChapter()
    tell('row-1', { type: 'video.move', place: { chapterId: row.chapterId, position: 'a5' } })
    const move = await requests.next()
    send(removeAll(rows(1)))
    expect(context().videos['row-1']?.status).toBe('removing')
    await move.resolve(linked({ ...row, position: 'a5', version: row.version + 1 }))
    expect(context().videos['row-1']).toMatchObject({
      status: 'removing',
      wanted: { isPresent: false, position: 'a5' },
    })
  })

  test('holds back a pick of an asset that it removes, whatever is reported meanwhile', async () => {
    const { send, tell, requests, context } = startChapter()
    tell('row-90', { type: 'video.move', place: { chapterId: row.chapterId, position: 'a5' } })
    const move = await requests.next()
    send(removeAll(rows(90)))
    send({ type: 'videos.add', videos: [{ ...pick(1), mediaId: row.mediaId }] })
    expect(context().due.map(({ video }) => video.id)).toContain('row-90')
    await move.resolve(linked({ ...row, position: 'a5', version: row.version + 1 }))
    expect(context().added.map(({ blockedBy }) => blockedBy)).toEqual(['row-90'])
  })

  test('goes on where the page can’t tell when it has painted', async () => {
    const { send, framePainted, context, state } = startChapter()
    send(removeAll(rows(90)))
    for (let frame = 0; frame < 3; frame += 1) await (await framePainted.next()).reject(cut)
    expect([context().due, state()]).toEqual([[], 'settled'])
  })
})

describe('the link progress', () => {
  test('settles each video on its own, in whatever order the answers come', async () => {
    const { first, second, third, counts, state, stateOf } = await startLinking()
    await take(third)
    await first.resolve(refused('No room'))
    expect(counts()).toEqual({ pending: 1, linked: 1, failed: 1, total: 3 })
    expect([state(), second.signal.aborted]).toEqual(['linking', false])

    await take(second)
    expect(counts()).toEqual({ pending: 0, linked: 2, failed: 1, total: 3 })
    expect(state()).toBe('settled')
    expect(stateOf('video-1')).toMatchObject({ link: 'failed' })
  })

  test('counts a video that is tried again as pending', async () => {
    const { first, second, third, counts, clock, connection, requestsFor } = await startLinking()
    for (const link of [second, third]) await take(link)
    await first.reject(cut)
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 0, total: 3 })
    clock.increment(backoffAfter(1))
    await (await connection.next()).resolve()
    for (const link of await requestsFor('video-1')) await take(link)
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
  })

  test('counts a removed video no more, until its removal is undone', async () => {
    const { first, second, third, tell, counts, state, requests } = await startLinking()
    for (const link of [first, second]) await take(link)
    tell('video-3', { type: 'video.remove' })
    expect(third.signal.aborted).toBe(true)
    expect(counts()).toEqual({ pending: 0, linked: 2, failed: 0, total: 2 })
    expect(state()).toBe('settled')

    await (await requests.next()).resolve(removed(1))
    tell('video-3', { type: 'video.restore' })
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 0, total: 3 })
    expect(state()).toBe('linking')
    await (await requests.next()).resolve(linked({ revision: 2 }))
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
    expect(state()).toBe('settled')
  })

  test('does not settle between the answer to an undone removal and its restoration', async () => {
    const { chapter, first, second, tell, state, requests } = await startLinking()
    for (const link of [first, second]) await take(link)
    tell('video-3', { type: 'video.remove' })
    const removal = await requests.next()
    tell('video-3', { type: 'video.restore' })
    expect(state()).toBe('linking')

    const states: unknown[] = []
    chapter.subscribe(({ value }) => states.push(value))
    await removal.resolve(removed(1))
    expect(new Set(states)).toEqual(new Set(['linking']))
  })

  test('retries every failed video, and no other', async () => {
    const { send, first, second, third, requests, counts, state } = await startLinking()
    for (const link of [first, third]) await link.resolve(refused('No room'))
    await take(second)
    send({ type: 'videos.retryFailed' })
    expect(counts()).toEqual({ pending: 2, linked: 1, failed: 0, total: 3 })
    expect(state()).toBe('linking')

    const again = [await requests.next(), await requests.next()]
    expect(again.map(({ input }) => input)).toEqual([first.input, third.input])
    for (const link of again) await take(link)
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
    expect(state()).toBe('settled')
  })

  test('starts over with new picks once all are linked or removed', async () => {
    const { links, add, counts, context } = await startLinking()
    for (const link of links) await take(link)
    add(4)
    expect(counts()).toEqual({ ...zero, pending: 1, total: 1 })
    expect(context().counted).toEqual(['video-4'])
    expect(Object.keys(context().videos)).toHaveLength(4)
  })

  test('goes on with new picks while one is failed or pending', async () => {
    const { first, second, third, add, counts } = await startLinking()
    await take(first)
    add(4)
    expect(counts()).toEqual({ pending: 3, linked: 1, failed: 0, total: 4 })
    await take(second)
    await third.resolve(refused('No room'))
    add(5)
    expect(counts()).toEqual({ pending: 2, linked: 2, failed: 1, total: 5 })
  })

  test('counts ids that nothing is known of, and the removed, as nothing', () => {
    const videos = {}
    expect(countLinks({ videos, counted: ['video-1'] })).toEqual(zero)
  })
})

describe('a row of the server’s', () => {
  test('gets its actor when it is first acted on, once, and counts only when that fails', async () => {
    const { tell, videoIds, requests, counts, state, context } = startChapter()
    tell(row.id, { type: 'video.remove' })
    expect(videoIds()).toEqual([row.id])
    expect(counts()).toEqual(zero)

    await (await requests.next()).resolve(removed(5))
    tell(row.id, { type: 'video.restore' })
    await (await requests.next()).resolve(refused('The asset was linked anew', 409))
    expect(counts()).toEqual({ ...zero, failed: 1, total: 1 })
    expect(context().counted).toEqual([row.id])
    expect([state(), videoIds()]).toEqual(['settled', [row.id]])

    tell(row.id, { type: 'video.retry' })
    await (await requests.next()).resolve(refused('Still there', 409))
    expect(context().counted).toEqual([row.id])
  })

  test('is known as the server has it, and whether its editor is open', () => {
    const { tell, context } = startChapter()
    tell(row.id, { type: 'video.edit', saved: row })
    expect(context().videos[row.id]).toMatchObject({
      status: 'linked',
      confirmed: { status: 'linked', version: 3, revision: 4 },
      isEditing: true,
    })
    tell(row.id, { type: 'video.cancel' })
    expect(context().videos[row.id]).toMatchObject({ isEditing: false })
  })

  test('keeps its open editor in mind while its link is reported', async () => {
    const { tell, context, first } = await startLinking()
    tell('video-1', { type: 'video.edit', saved: row })
    await take(first)
    expect(context().videos['video-1']).toMatchObject({ status: 'linked', isEditing: true })
    expect(context().videos['video-2']).toMatchObject({ status: 'linking', isEditing: false })
  })

  test('keeps its actor when it was removed, for an undo', async () => {
    const { tell, video, requests, context } = startChapter()
    tell(row.id, { type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    expect(video(row.id)?.getSnapshot().status).toBe('active')
    expect(context().videos[row.id]).toMatchObject({ status: 'removed' })
  })

  test('that is not known has nothing to report of its editor', () => {
    const { send, context } = startChapter()
    send({ type: 'editor.reported', id: 'nobody', isOpen: true })
    expect(context().videos).toEqual({})
  })
})

test('an added video that is removed counts no more', async () => {
  const { tell, requests, counts } = await startLinking()
  tell('video-2', { type: 'video.remove' })
  await (await requests.next()).resolve(removed(1))
  expect(counts()).toEqual({ ...zero, pending: 2, total: 2 })
})

describe('a video whose file is being uploaded', () => {
  const waiting: VideoInput = { ...pick(1), blockedBy: 'media-1' }
  const ready: ChapterEvent = { type: 'asset.ready', mediaId: 'media-1' }

  test('is shown at once and linked when its file is ready', async () => {
    const { send, prefetched, context, paint, requests, requestsFor, stateOf } = startChapter()
    send({ type: 'videos.add', videos: [waiting, pick(2)] })
    expect(prefetched.map(({ ids }) => ids)).toEqual([['video-2']])
    expect(context().videos['video-1']).toMatchObject({ status: 'optimistic' })
    await paint()
    await requestsFor('video-2')
    expect(stateOf('video-1')?.request).toBe('idle')
    send({ type: 'asset.ready', mediaId: 'media-2' })
    expect(requests.calls).toHaveLength(1)
    send(ready)
    await requestsFor('video-1')
  })

  test('is not held back when its file is ready before it is painted', async () => {
    const { send, context, paint, requestsFor } = startChapter()
    send({ type: 'videos.add', videos: [waiting] })
    send(ready)
    expect(context().added).toMatchObject([{ id: 'video-1', blockedBy: null, isSent: false }])
    await paint()
    await requestsFor('video-1')
  })

  test('is not linked while it is removed, but when the removal is undone', async () => {
    const { send, tell, paint, requests, requestsFor } = startChapter()
    send({ type: 'videos.add', videos: [waiting] })
    await paint()
    tell('video-1', { type: 'video.remove' })
    send(ready)
    expect(requests.calls).toEqual([])
    tell('video-1', { type: 'video.restore' })
    await requestsFor('video-1')
  })
})

describe('an asset that is added again while its removal is in flight', () => {
  const again: VideoInput = { ...pick(9), mediaId: row.mediaId }

  async function startReadding() {
    const started = startChapter()
    started.tell(row.id, { type: 'video.remove' })
    const removal = await started.requests.next()
    started.send({ type: 'videos.add', videos: [again, pick(2)] })
    return { ...started, removal }
  }

  test('waits for it, shown as optimistic, and is not prefetched', async () => {
    const { context, prefetched, paint, requestsFor, counts, stateOf } = await startReadding()
    expect(context().videos['video-9']).toMatchObject({
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
    ['was followed by somebody else’s removal', stale({ status: 'removed', revision: 9 })],
  ])('is linked when the removal %s', async (_name, outcome) => {
    const { paint, requestsFor, removal, context } = await startReadding()
    await paint()
    await requestsFor('video-2')
    await removal.resolve(outcome)
    await requestsFor('video-9')
    expect(context().videos['video-9']).toMatchObject({ status: 'linking', blockedBy: null })
  })

  test('is linked when the removal is undone', async () => {
    const { paint, requestsFor, tell } = await startReadding()
    await paint()
    await requestsFor('video-2')
    tell(row.id, { type: 'video.restore' })
    await requestsFor('video-9')
  })

  test('is not held back when the removal arrives before it is painted', async () => {
    const { paint, requestsFor, removal, context } = await startReadding()
    await removal.resolve(removed(5))
    expect(context().added).toMatchObject([
      { id: 'video-9', blockedBy: null, isSent: false },
      { id: 'video-2', blockedBy: null, isSent: true },
    ])
    await paint()
    await requestsFor('video-9', 'video-2')
  })

  test('stays blocked while the removal is merely tried again, or another one arrives', async () => {
    const { paint, requestsFor, removal, requests, tell, stateOf } = await startReadding()
    await paint()
    await requestsFor('video-2')
    await removal.reject(cut)
    tell('row-2', { type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    expect(stateOf('video-9')).toMatchObject({ link: 'optimistic', request: 'idle' })
  })

  test('is linked at once when the removal had arrived before', async () => {
    const { tell, requests, send, prefetched } = startChapter()
    tell(row.id, { type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    send({ type: 'videos.add', videos: [again] })
    expect(prefetched.map(({ ids }) => ids)).toEqual([['video-9']])
  })
})

describe('new names', () => {
  test('that are unsaved or in conflict are counted until that is settled', async () => {
    const { tell, rename, requests, unsaved } = startChapter()
    rename(row.id, 'Mine.mp4')
    expect(unsaved()).toBe(0)
    await (await requests.next()).resolve(refused('Not allowed'))
    expect(unsaved()).toBe(1)
    tell(row.id, { type: 'rename.retry' })
    expect(unsaved()).toBe(0)
    await (await requests.next()).resolve(stale({ filename: 'Theirs.mp4', version: 4 }))
    expect(unsaved()).toBe(1)
    tell(row.id, { type: 'rename.takeTheirs' })
    expect(unsaved()).toBe(0)
  })

  test('of several videos are counted, but not of one that is removed', async () => {
    const { tell, rename, requests, unsaved } = startChapter()
    for (const id of ['row-1', 'row-2', 'row-3']) {
      rename(id, 'Mine.mp4')
      await (await requests.next()).resolve(refused('Not allowed'))
    }
    expect(unsaved()).toBe(3)
    tell('row-1', { type: 'rename.discard' })
    expect(unsaved()).toBe(2)
    tell('row-2', { type: 'video.remove' })
    expect(unsaved()).toBe(1)
    await (await requests.next()).resolve(removed(6))
    expect(unsaved()).toBe(1)
    tell('row-2', { type: 'video.restore' })
    expect(unsaved()).toBe(2)
  })
})

describe('an effect that goes wrong in its own way', () => {
  test.each([undefined, null, 'odd', { outcome: 'confirmed' }])(
    'by rejecting with %o leaves the siblings alone',
    async (odd) => {
      const { chapter, first, second, stateOf } = await startLinking()
      await first.reject(odd)
      await take(second)
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
  test('is JSON, is restored, and goes on where it was', async () => {
    const before = await startLinking()
    before.add(4)
    await before.paint()
    const [fourth] = await before.requestsFor('video-4')
    await before.first.resolve(refused('No room'))
    await take(before.second)
    before.rename('video-4', 'Mine.mp4', pick(4))
    const stored = JSON.parse(JSON.stringify(before.chapter.getPersistedSnapshot()))
    before.chapter.stop()

    const after = startChapter({ snapshot: stored })
    expect(after.counts()).toEqual({ pending: 2, linked: 1, failed: 1, total: 4 })
    expect(['video-1', 'video-2', 'video-3', 'video-4'].map(after.stateOf)).toEqual([
      { link: 'failed', filename: 'viewing', request: 'idle' },
      { link: 'linked', filename: 'viewing', request: 'idle' },
      { link: 'linking', filename: 'viewing', request: 'sending' },
      { link: 'linking', filename: 'viewing', request: 'sending' },
    ])

    const [third, again] = await after.requestsFor('video-3', 'video-4')
    if (!third || !again || !fourth) throw new Error('Their links are sent again')
    expect([third.input, again.input]).toEqual([before.third.input, fourth.input])
    await take(third)
    await take(again)
    const [save] = await after.requestsFor('video-4')
    expect(save?.input).toMatchObject({ kind: 'change', patch: { filename: 'Mine.mp4' } })

    after.send({ type: 'videos.retryFailed' })
    for (const link of await after.requestsFor('video-1')) await take(link)
    expect(after.counts()).toEqual({ pending: 0, linked: 4, failed: 0, total: 4 })
    expect(after.state()).toBe('settled')
  })

  test('has a context of plain JSON, and so have its videos', async () => {
    const { chapter, first, add } = await startLinking()
    await first.resolve(refused('No room'))
    add(4)
    const videos = Object.values(videosIn(chapter.getSnapshot()))
    const contexts = [chapter, ...videos].map((actor) => actor.getSnapshot().context)
    expect(JSON.parse(JSON.stringify(contexts))).toStrictEqual(contexts)
  })
})

describe('going on from an earlier page', () => {
  const failedContext = { ...initialContext(pick(1)), problem: refused('No room').problem }
  const failedPick = { ...pick(1), kept: failedContext }
  const linkedRow = { ...pick(2), version: 1 }
  const linkedPick = { ...linkedRow, kept: initialContext(linkedRow) }

  test('shows and counts what it has left, and passes over what is known already', async () => {
    const { send, counts, context, paint, stateOf } = startChapter()
    send({ type: 'videos.resume', videos: [failedPick, linkedPick] })
    send({ type: 'videos.resume', videos: [{ ...failedPick, kept: initialContext(pick(1)) }] })
    expect(Object.values(context().videos).map(({ status }) => status)).toEqual([
      'failed',
      'linked',
    ])
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

  test('waits for a removal that goes on, and for nothing that is over', () => {
    const { send, context } = startChapter()
    const leaving = { ...initialContext(pick(1)), unknown: ['link' as const] }
    const removal = { ...leaving, wanted: { ...leaving.wanted, isPresent: false } }
    send({
      type: 'videos.resume',
      videos: [
        { ...pick(1), kept: removal },
        { ...pick(2), blockedBy: 'video-1', kept: initialContext(pick(2)) },
        { ...pick(3), blockedBy: 'video-9', kept: initialContext(pick(3)) },
      ],
    })
    const blocked = Object.values(context().videos).map(({ blockedBy }) => blockedBy)
    expect(blocked).toEqual([null, 'video-1', null])
  })
})

test('what the chapter knows is what its videos say of themselves', async () => {
  const { read, first, second, third, tell, rename, requests } = await startLinking()
  await take(first)
  await second.resolve(refused('No room'))
  await third.reject(cut)
  rename('video-1', 'Mine.mp4')
  await requests.next()
  tell('video-3', { type: 'video.remove' })
  for (const [id, video] of Object.entries(videosIn(read()))) {
    const { isEditing: _isEditing, ...known } = read().context.videos[id] ?? { isEditing: false }
    expect(known).toEqual(describeVideo(video.getSnapshot().context))
  }
})
