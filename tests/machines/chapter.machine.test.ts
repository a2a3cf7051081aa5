import { describe, expect, test } from 'vitest'
import {
  type ActorRefFrom,
  createActor,
  enqueueActions,
  fromPromise,
  SimulatedClock,
  type Snapshot,
  type SnapshotFrom,
} from 'xstate'
import type { MediaPick } from '#contract/videos.ts'
import { chapterMachine, countLinks } from '#machines/chapter.machine.ts'
import {
  backoffAfter,
  type LinkOutcome,
  type LinkRequest,
  type VideoEvent,
  videoMachine,
} from '#machines/video.machine.ts'
import { confirmed, fakeEffect, fakeVideoEffects, refused, row } from './fake-effects.ts'

const cut = new TypeError('The connection was cut')

const picksOf = (count: number): MediaPick[] =>
  Array.from({ length: count }, (_, index) => ({
    mediaId: `media-${index + 1}`,
    filename: `Lesson ${index + 1}.mp4`,
    durationSeconds: index + 1,
  }))

/**
 * A chapter machine that names its videos `video-1`, `video-2` and so on, in the order they are picked.
 * Without a connection their links can't be sent when they are placed.
 */
function fakeChapterEffects(isOnline = true) {
  const effects = fakeVideoEffects({ isOnline })
  const framePainted = fakeEffect<void>()
  const sentAhead: string[] = []
  let placed = 0
  const machine = chapterMachine.provide({
    actors: { video: effects.machine, framePainted: framePainted.actor },
    actions: {
      placeVideos: enqueueActions(({ context: { chapterId }, enqueue, event }) => {
        if (event.type !== 'videos.add') return
        const videos = event.picks.map((pick) => {
          placed += 1
          const place = { id: `video-${placed}`, position: `a${placed}`, linkSent: isOnline }
          return { ...pick, ...place, chapterId, version: 0, revision: 0 }
        })
        enqueue.raise({ type: 'videos.placed', videos })
      }),
      sendLinks: ({ event }) => {
        if (event.type !== 'videos.placed') return
        for (const { id, linkSent } of event.videos) if (linkSent) sentAhead.push(id)
      },
    },
  })
  return { ...effects, framePainted, sentAhead, machine }
}

/** The actors of a chapter's videos, without its wait for a frame. */
function videosOf({ children }: SnapshotFrom<typeof chapterMachine>) {
  const { framePainted: _framePainted, ...videos } = children
  // The machine's types can't tell the one child with a fixed id from the many.
  return videos as Record<string, ActorRefFrom<typeof videoMachine>>
}

function startChapter({
  snapshot,
  isOnline,
}: {
  snapshot?: Snapshot<unknown>
  isOnline?: boolean
} = {}) {
  const effects = fakeChapterEffects(isOnline)
  const clock = new SimulatedClock()
  const input = { chapterId: 'chapter-1' }
  const options = snapshot ? { snapshot } : {}
  const chapter = createActor(effects.machine, { input, clock, ...options }).start()
  const read = () => chapter.getSnapshot()
  return {
    ...effects,
    clock,
    chapter,
    state: () => read().value,
    counts: () => countLinks(read().context.run),
    videoIds: () => Object.keys(read().children),
    stateOf: (id: string) => videosOf(read())[id]?.getSnapshot().value,
    add: (count: number) =>
      chapter.send({ type: 'videos.add', picks: picksOf(count), after: null }),
    tell: (id: string, type: 'video.remove' | 'video.restore' | 'video.forget' | 'video.retry') =>
      chapter.send({ type: 'video.act', video: { ...row, id }, command: { type } }),
  }
}

/** A chapter to which videos were added, with their links in the order of the picks. */
async function startLinking(count: number) {
  const started = startChapter()
  started.add(count)
  await (await started.framePainted.next()).resolve()
  const links = await Promise.all(Array.from({ length: count }, () => started.linkVideo.next()))
  const [first, second, third] = links
  if (!first || !second || !third) throw new Error('Start with three videos or more')
  return { ...started, links, first, second, third }
}

describe('adding', () => {
  test('shows the picks and sends their links at once, and starts their actors when they have been painted', async () => {
    const { chapter, add, framePainted, linkVideo, videoIds, counts, state, sentAhead, stateOf } =
      startChapter()
    add(2)
    expect(sentAhead).toEqual(['video-1', 'video-2'])
    const places = [
      { id: 'video-1', position: 'a1' },
      { id: 'video-2', position: 'a2' },
    ]
    expect(chapter.getSnapshot().context.placed).toEqual(
      picksOf(2).map((pick, index) => ({
        ...pick,
        ...places[index],
        chapterId: 'chapter-1',
        version: 0,
        revision: 0,
        linkSent: true,
      })),
    )
    expect(state()).toBe('placing')
    expect(counts()).toEqual({ pending: 2, linked: 0, failed: 0, total: 2 })
    expect(videoIds()).toEqual(['framePainted'])

    await (await framePainted.next()).resolve()
    const calls = [await linkVideo.next(), await linkVideo.next()]
    expect(calls.map(({ input }) => input.id)).toEqual(['video-1', 'video-2'])
    expect(videoIds()).toEqual(['video-1', 'video-2'])
    expect(chapter.getSnapshot().context.placed).toEqual([])
    expect(state()).toBe('linking')
    expect(stateOf('video-1')).toEqual({ link: { linking: 'sending' }, filename: 'viewing' })
  })

  test('without a connection sends nothing, and links when there is one', async () => {
    const { add, framePainted, linkVideo, connection, sentAhead, stateOf } = startChapter({
      isOnline: false,
    })
    add(1)
    await (await framePainted.next()).resolve()
    expect(stateOf('video-1')).toEqual({ link: 'optimistic', filename: 'viewing' })
    await connection.regain()
    expect((await linkVideo.next()).input.id).toBe('video-1')
    expect(sentAhead).toEqual([])
  })

  test('links also on a page that can’t tell when it has painted', async () => {
    const { add, framePainted, linkVideo } = startChapter()
    add(1)
    await (await framePainted.next()).reject(cut)
    expect((await linkVideo.next()).input.id).toBe('video-1')
  })

  test('takes more picks before the first are painted, and links them all after', async () => {
    const { add, framePainted, linkVideo, counts } = startChapter()
    add(2)
    add(1)
    const [first, second] = [await framePainted.next(), await framePainted.next()]
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false])
    await second.resolve()
    const calls = [await linkVideo.next(), await linkVideo.next(), await linkVideo.next()]
    expect(calls.map(({ input }) => input.id)).toEqual(['video-1', 'video-2', 'video-3'])
    expect(counts()).toEqual({ pending: 3, linked: 0, failed: 0, total: 3 })
  })

  test('of nothing settles at once', async () => {
    const { add, framePainted, state, counts } = startChapter()
    add(0)
    await (await framePainted.next()).resolve()
    expect(state()).toBe('settled')
    expect(counts()).toEqual({ pending: 0, linked: 0, failed: 0, total: 0 })
  })

  test('lets a placed video be acted on before it is painted', async () => {
    const { chapter, add, tell, framePainted, linkVideo, stateOf, counts } = startChapter()
    add(2)
    tell('video-2', 'video.remove')
    expect(stateOf('video-2')).toMatchObject({ link: { removing: 'waiting' } })
    expect(chapter.getSnapshot().context.placed.map(({ id }) => id)).toEqual(['video-1'])
    expect(counts()).toEqual({ pending: 1, linked: 0, failed: 0, total: 1 })

    await (await framePainted.next()).resolve()
    const [first, second] = [await linkVideo.next(), await linkVideo.next()]
    expect([first, second].map(({ input, signal }) => [input.id, signal.aborted])).toEqual([
      ['video-2', true],
      ['video-1', false],
    ])
  })
})

describe('the link run', () => {
  test('settles each video on its own, in whatever order the answers come', async () => {
    const { first, second, third, counts, state, stateOf } = await startLinking(3)
    await third.resolve(confirmed('Lesson 3.mp4', 1))
    await first.resolve(refused('No room'))
    expect(counts()).toEqual({ pending: 1, linked: 1, failed: 1, total: 3 })
    expect([state(), second.signal.aborted]).toEqual(['linking', false])

    await second.resolve(confirmed('Lesson 2.mp4', 1))
    expect(counts()).toEqual({ pending: 0, linked: 2, failed: 1, total: 3 })
    expect(state()).toBe('settled')
    expect(stateOf('video-1')).toEqual({ link: 'failed', filename: 'viewing' })
  })

  test('counts a video that is tried again as pending', async () => {
    const { first, second, third, counts, clock, linkVideo } = await startLinking(3)
    for (const link of [second, third]) await link.resolve(confirmed('Linked.mp4', 1))
    await first.reject(cut)
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 0, total: 3 })
    clock.increment(backoffAfter(1))
    await (await linkVideo.next()).resolve(confirmed('Lesson 1.mp4', 1))
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
  })

  test('counts a removed video no more, until its removal is undone', async () => {
    const { first, second, third, tell, counts, state, removeVideo, restoreVideo } =
      await startLinking(3)
    for (const link of [first, second]) await link.resolve(confirmed('Linked.mp4', 1))
    tell('video-3', 'video.remove')
    expect(third.signal.aborted).toBe(true)
    expect(counts()).toEqual({ pending: 0, linked: 2, failed: 0, total: 2 })
    expect(state()).toBe('settled')

    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    tell('video-3', 'video.restore')
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 0, total: 3 })
    expect(state()).toBe('linking')
    await (await restoreVideo.next()).resolve(confirmed('Lesson 3.mp4', 1))
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
    expect(state()).toBe('settled')
  })

  test('does not settle between the answer to an undone removal and its restoration', async () => {
    const { chapter, first, second, tell, state, removeVideo } = await startLinking(3)
    for (const link of [first, second]) await link.resolve(confirmed('Linked.mp4', 1))
    tell('video-3', 'video.remove')
    const removal = await removeVideo.next()
    tell('video-3', 'video.restore')
    expect(state()).toBe('linking')

    const states: unknown[] = []
    chapter.subscribe(({ value }) => states.push(value))
    await removal.resolve({ outcome: 'removed' })
    expect(new Set(states)).toEqual(new Set(['linking']))
  })

  test('retries every failed video, and no other', async () => {
    const { chapter, first, second, third, linkVideo, counts, state } = await startLinking(3)
    for (const link of [first, third]) await link.resolve(refused('No room'))
    await second.resolve(confirmed('Lesson 2.mp4', 1))
    chapter.send({ type: 'videos.retryFailed' })
    expect(counts()).toEqual({ pending: 2, linked: 1, failed: 0, total: 3 })
    expect(state()).toBe('linking')

    const again = [await linkVideo.next(), await linkVideo.next()]
    expect(again.map(({ input }) => input)).toEqual([first.input, third.input])
    for (const link of again) await link.resolve(confirmed('Linked.mp4', 1))
    expect(counts()).toEqual({ pending: 0, linked: 3, failed: 0, total: 3 })
    expect(state()).toBe('settled')
  })

  test('starts anew with new picks once nothing is left to do', async () => {
    const { links, add, counts } = await startLinking(3)
    for (const link of links) await link.resolve(confirmed('Linked.mp4', 1))
    add(1)
    expect(counts()).toEqual({ pending: 1, linked: 0, failed: 0, total: 1 })
  })

  test('goes on with new picks while a video of it is failed', async () => {
    const { first, second, third, add, counts } = await startLinking(3)
    for (const link of [first, second]) await link.resolve(confirmed('Linked.mp4', 1))
    await third.resolve(refused('No room'))
    add(1)
    expect(counts()).toEqual({ pending: 1, linked: 2, failed: 1, total: 4 })
  })
})

describe('a row of the server’s', () => {
  test('gets its actor when it is first acted on, and counts only when that fails', async () => {
    const { tell, videoIds, removeVideo, restoreVideo, counts, state } = startChapter()
    tell(row.id, 'video.remove')
    expect(videoIds()).toEqual([row.id])
    expect(counts()).toEqual({ pending: 0, linked: 0, failed: 0, total: 0 })

    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    tell(row.id, 'video.restore')
    await (await restoreVideo.next()).resolve(refused('The asset was linked anew'))
    expect(counts()).toEqual({ pending: 0, linked: 0, failed: 1, total: 1 })
    expect(state()).toBe('settled')
  })

  test('loses its actor when its removal can’t be undone any more', async () => {
    const { chapter, tell, videoIds, removeVideo } = startChapter()
    tell(row.id, 'video.remove')
    const actor = chapter.getSnapshot().children[row.id]
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    tell(row.id, 'video.forget')
    expect(videoIds()).toEqual([])
    expect(actor?.getSnapshot().status).toBe('stopped')
  })
})

test('has another snapshot after whatever is asked of a video, for its rows may change by it', () => {
  const { chapter } = startChapter()
  const { id, filename, version } = row
  const ask = (command: VideoEvent) => {
    chapter.send({ type: 'video.act', video: row, command })
    return chapter.getSnapshot()
  }
  const opened = ask({ type: 'video.edit', base: { filename, version } })
  const closed = ask({ type: 'video.cancel' })
  expect(closed.children[id]).toBe(opened.children[id])
  expect(closed).not.toBe(opened)
})

test('knows which new names are not saved, until that is settled', async () => {
  const { chapter, saveFilename } = startChapter()
  const act = (command: VideoEvent) => chapter.send({ type: 'video.act', video: row, command })
  const unsaved = () => chapter.getSnapshot().context.unsavedNames
  const base = { filename: row.filename, version: row.version }
  act({ type: 'video.edit', base })
  act({ type: 'video.rename', filename: 'Mine.mp4' })
  await (await saveFilename.next()).reject(cut)
  expect(unsaved()).toEqual([row.id])
  act({ type: 'rename.retry' })
  expect(unsaved()).toEqual([])
  const theirs = { filename: 'Theirs.mp4', version: row.version + 1 }
  await (await saveFilename.next()).resolve({ outcome: 'conflict', theirs })
  expect(unsaved()).toEqual([row.id])
  act({ type: 'rename.takeTheirs' })
  expect(unsaved()).toEqual([])
})

test('knows the unsaved name of one video apart from those of others', async () => {
  const { chapter, saveFilename, removeVideo } = startChapter()
  const [first, second, third] = ['row-1', 'row-2', 'row-3']
  const act = (id: string | undefined, command: VideoEvent) =>
    chapter.send({ type: 'video.act', video: { ...row, id: id ?? '' }, command })
  const unsaved = () => chapter.getSnapshot().context.unsavedNames
  const base = { filename: row.filename, version: row.version }
  for (const id of [first, second, third]) {
    act(id, { type: 'video.edit', base })
    act(id, { type: 'video.rename', filename: 'Mine.mp4' })
    await (await saveFilename.next()).reject(cut)
  }
  expect(unsaved()).toEqual([first, second, third])
  act(first, { type: 'rename.discard' })
  expect(unsaved()).toEqual([second, third])
  act(second, { type: 'video.remove' })
  await (await removeVideo.next()).resolve({ outcome: 'removed' })
  act(second, { type: 'video.forget' })
  expect(unsaved()).toEqual([third])
})

test('forgets a video of the run whose removal can’t be undone any more', async () => {
  const { chapter, tell, removeVideo, clock, videoIds } = await startLinking(3)
  tell('video-2', 'video.remove')
  await (await removeVideo.next()).resolve({ outcome: 'removed' })
  clock.increment(15_000)
  expect(videoIds()).toEqual(['video-1', 'video-3'])
  expect(chapter.getSnapshot().context.run).toEqual({ 'video-1': 'pending', 'video-3': 'pending' })
})

describe('an effect that goes wrong in its own way', () => {
  test.each([undefined, null, 'odd', { outcome: 'confirmed' }])(
    'by rejecting with %o leaves the siblings alone',
    async (odd) => {
      const { chapter, first, second, stateOf } = await startLinking(3)
      await first.reject(odd)
      await second.resolve(confirmed('Lesson 2.mp4', 1))
      expect(chapter.getSnapshot().status).toBe('active')
      expect(['video-1', 'video-2', 'video-3'].map(stateOf)).toEqual([
        { link: { linking: 'backingOff' }, filename: 'viewing' },
        { link: 'linked', filename: 'viewing' },
        { link: { linking: 'sending' }, filename: 'viewing' },
      ])
    },
  )

  test('by throwing before it has a promise counts as unanswered', async () => {
    const { machine, framePainted, connection } = fakeChapterEffects()
    const throwing = fromPromise<LinkOutcome, LinkRequest>(() => {
      throw cut
    })
    const video = videoMachine.provide({
      actors: { connectionReady: connection.actor, linkVideo: throwing },
    })
    const chapter = createActor(machine.provide({ actors: { video } }), {
      input: { chapterId: 'chapter-1' },
      clock: new SimulatedClock(),
    }).start()
    connection.lose()
    chapter.send({ type: 'videos.add', picks: picksOf(2), after: null })
    await (await framePainted.next()).resolve()
    await connection.regain()
    expect(chapter.getSnapshot().status).toBe('active')
    const videos = Object.values(videosOf(chapter.getSnapshot()))
    expect(videos.map((started) => started.getSnapshot().value)).toEqual([
      { link: { linking: 'backingOff' }, filename: 'viewing' },
      { link: { linking: 'backingOff' }, filename: 'viewing' },
    ])
  })
})

describe('a persisted chapter', () => {
  test('is JSON, is restored, and goes on where it was', async () => {
    const before = await startLinking(4)
    await before.first.resolve(refused('No room'))
    await before.second.resolve(confirmed('Lesson 2.mp4', 1))
    const edited = videosOf(before.chapter.getSnapshot())['video-4']
    edited?.send({ type: 'video.edit', base: { filename: 'Lesson 4.mp4', version: 0 } })
    edited?.send({ type: 'video.rename', filename: 'Mine.mp4' })
    const persisted = before.chapter.getPersistedSnapshot()
    before.chapter.stop()
    const stored = JSON.parse(JSON.stringify(persisted))

    const after = startChapter({ snapshot: stored })
    expect(after.counts()).toEqual({ pending: 2, linked: 1, failed: 1, total: 4 })
    expect(['video-1', 'video-2', 'video-3', 'video-4'].map(after.stateOf)).toEqual([
      { link: 'failed', filename: 'viewing' },
      { link: 'linked', filename: 'viewing' },
      { link: { linking: 'sending' }, filename: 'viewing' },
      { link: { linking: 'sending' }, filename: { queued: 'waitingForLink' } },
    ])

    const [third, fourth] = [await after.linkVideo.next(), await after.linkVideo.next()]
    expect([third.input, fourth.input]).toEqual(before.links.slice(2).map(({ input }) => input))
    await third.resolve(confirmed('Lesson 3.mp4', 1))
    await fourth.resolve(confirmed('Lesson 4.mp4', 1))
    const save = await after.saveFilename.next()
    expect(save.input).toMatchObject({ id: 'video-4', filename: 'Mine.mp4' })

    after.chapter.send({ type: 'videos.retryFailed' })
    await (await after.linkVideo.next()).resolve(confirmed('Lesson 1.mp4', 1))
    expect(after.counts()).toEqual({ pending: 0, linked: 4, failed: 0, total: 4 })
    expect(after.state()).toBe('settled')
  })

  test('has a context of plain JSON, and so have its videos', async () => {
    const { chapter, first, add } = await startLinking(3)
    await first.resolve(refused('No room'))
    add(1)
    const videos = Object.values(videosOf(chapter.getSnapshot()))
    const contexts = [chapter, ...videos].map((actor) => actor.getSnapshot().context)
    expect(JSON.parse(JSON.stringify(contexts))).toStrictEqual(contexts)
  })
})
