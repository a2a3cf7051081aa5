import { describe, expect, test } from 'vitest'
import { computeBackoff } from '#machines/backoff.ts'
import {
  isRemovedElsewhere,
  isRestoring,
  type RequestOutcome,
  type VideoInput,
} from '#machines/video.context.ts'
import {
  cut,
  followMainPath,
  linked,
  pick,
  refused,
  removed,
  row,
  type StartedVideo,
  stale,
  startVideo,
  unlinked,
} from './fake-effects.ts'

const blocked = { ...pick, blockedBy: 'video-0' }

const answerRename = async ({ requests, rename }: StartedVideo, answer: RequestOutcome) => {
  rename('Mine.mp4')
  await (await requests.next()).resolve(answer)
}

test.each<[tags: string, VideoInput, act: (video: StartedVideo) => unknown]>([
  ['optimistic', blocked, () => {}],
  ['linking', pick, () => {}],
  ['linking, retrying', pick, async ({ requests }) => (await requests.next()).reject(cut)],
  ['linking, retrying', pick, ({ lose }) => lose(computeBackoff(1))],
  ['linked', row, () => {}],
  ['failed', pick, async ({ requests }) => (await requests.next()).resolve(refused('No room'))],
  ['removing', row, ({ send }) => send({ type: 'video.remove' })],
  ['removed', blocked, ({ send }) => send({ type: 'video.remove' })],
  ['linked, editing', row, ({ send }) => send({ type: 'video.edit', saved: row })],
  ['linked, unsaved', row, (video) => answerRename(video, refused('Too long', 422))],
  ['linked, conflict', row, (video) => answerRename(video, stale({ filename: 'Theirs.mp4' }))],
])('has the tags: %s', async (tags, input, act) => {
  const started = startVideo(input)
  await act(started)
  expect([...started.video.getSnapshot().tags].join(', ')).toBe(tags)
})

describe('linking', () => {
  test('sends a new pick and keeps what the server confirmed', async () => {
    const { requests, state, context } = startVideo(pick)
    expect(state()).toEqual({ link: 'linking', filename: 'viewing', request: 'sending' })

    await (await requests.next()).resolve(linked({ version: 1, revision: 0 }))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    const place = { chapterId: 'chapter-1', position: 'a0' }
    expect(context()).toEqual({
      id: 'video-1',
      mediaId: 'media-1',
      durationSeconds: 12,
      link: { id: 'video-1', mediaId: 'media-1', filename: 'Lesson 1.mp4', position: 'a0' },
      blockedBy: null,
      wanted: { isPresent: true, filename: 'Lesson 1.mp4', ...place },
      confirmed: {
        status: 'linked',
        filename: 'Lesson 1.mp4',
        ...place,
        version: 1,
        revision: 0,
      },
      confirmedAt: 7,
      unknown: [],
      request: null,
      attempt: 0,
      failure: null,
      revision: 0,
      ownNames: ['Lesson 1.mp4'],
      ownPlaces: [place],
      problem: null,
      filenameProblem: null,
      placeProblem: null,
    })
  })

  test('follows the main paths of its chart if nothing interferes', async () => {
    const { video, requests, send, rename } = startVideo({ ...pick, blockedBy: 'media-1' })
    const mainPath = followMainPath(video)
    send({ type: 'video.release' })
    await (await requests.next()).resolve(linked({ version: 1, revision: 0 }))
    rename('Mine.mp4')
    expect(mainPath()).toEqual([
      'video.link.optimistic',
      'video.filename.viewing',
      'video.request.idle',
      'video.request.sending',
      'video.link.linking',
      'video.link.linked',
      'video.filename.editing',
    ])
  })

  test('starts a row from the server as linked, without a request', () => {
    const { requests, state, reports } = startVideo(row)
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(requests.calls).toEqual([])
    expect(reports.every(({ type }) => type === 'video.reported')).toBe(true)
  })

  test('adopts the row if it has changed on the server by then', async () => {
    const { requests, context } = startVideo(pick)
    const theirs = { filename: 'Theirs.mp4', position: 'a7', chapterId: 'chapter-2', version: 4 }
    await (await requests.next()).resolve(linked(theirs))
    expect(context().wanted).toEqual({
      isPresent: true,
      filename: 'Theirs.mp4',
      chapterId: 'chapter-2',
      position: 'a7',
    })
    expect(requests.calls).toHaveLength(1)
  })

  test('treats a refusal as final', async () => {
    const { requests, state, context } = startVideo(pick)
    const refusal = refused('No room')
    await (await requests.next()).resolve(refusal)
    expect(state()).toEqual({ link: 'failed', filename: 'viewing', request: 'idle' })
    expect(context()).toMatchObject({ problem: refusal.problem, unknown: [], attempt: 0 })
    expect(requests.calls).toHaveLength(1)
  })

  test('retries a refused link with the same content and a new count of tries', async () => {
    const { requests, send, state, context } = startVideo(pick)
    const first = await requests.next()
    await first.resolve(refused('No room'))
    send({ type: 'video.retry' })
    expect(context()).toMatchObject({ attempt: 1, problem: null })

    const again = await requests.next()
    expect(again.input).toEqual(first.input)
    await again.resolve(linked({ version: 1 }))
    expect(state().link).toBe('linked')
  })

  test('retries without waiting on request while backing off', async () => {
    const { requests, send, state, sent } = startVideo(pick)
    await (await requests.next()).reject(cut)
    expect(state().request).toBe('backingOff')
    send({ type: 'video.retry' })
    expect(state()).toEqual({ link: 'linking', filename: 'viewing', request: 'sending' })
    await (await requests.next()).resolve(linked())
    expect(state().link).toBe('linked')
    expect(sent()).toEqual(['link 1', 'link 1'])
  })

  test('retries without waiting on request while waiting for a connection', async () => {
    const { connection, requests, send, lose, state } = startVideo(pick)
    await lose(computeBackoff(1))
    const wait = await connection.next()
    send({ type: 'video.retry' })
    expect(wait.signal.aborted).toBe(true)
    await (await requests.next()).resolve(linked())
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
  })

  test('starts as sent if its link was sent ahead of its actor', () => {
    const { state, context } = startVideo({ ...pick, isSent: true })
    expect(state()).toEqual({ link: 'linking', filename: 'viewing', request: 'sending' })
    expect(context()).toMatchObject({ unknown: ['link', 'link'], attempt: 1 })
  })

  test('of a video that someone else has removed fails, and a retry restores it', async () => {
    const { requests, send, state, context } = startVideo(pick)
    const removal = { ...refused('It was removed.', 410), revision: 6 }
    await (await requests.next()).resolve(removal)
    expect(state()).toEqual({ link: 'failed', filename: 'viewing', request: 'idle' })
    expect(context()).toMatchObject({
      problem: removal.problem,
      revision: 6,
      // An older row of a list does not mean that it was restored.
      confirmed: { status: 'removed', revision: 6 },
    })
    expect(isRemovedElsewhere(context())).toBe(true)

    send({ type: 'video.retry' })
    expect([isRemovedElsewhere(context()), isRestoring(context())]).toEqual([false, true])
    const restoration = await requests.next()
    expect(restoration.input).toMatchObject({ kind: 'restore', revision: 7, attempt: 1 })
    await restoration.resolve(linked({ revision: 7, version: 2 }))
    expect(state().link).toBe('linked')
    expect(isRestoring(context())).toBe(false)
  })

  test.each([403, 409, 422])('refused with %d was not removed elsewhere', async (status) => {
    const { requests, context } = startVideo(pick)
    await (await requests.next()).resolve(refused('No', status))
    expect(isRemovedElsewhere(context())).toBe(false)
    expect(context().confirmed.status).toBe('unlinked')
  })
})

describe('a video that is blocked by the removal of its asset', () => {
  test('is not sent, whatever is wanted, until it is released', async () => {
    const { requests, send, rename, state, reported } = startVideo(blocked)
    rename('Mine.mp4')
    expect(state()).toEqual({ link: 'optimistic', filename: 'viewing', request: 'idle' })
    expect(reported()).toMatchObject({ blockedBy: 'video-0', status: 'optimistic' })
    send({ type: 'video.release' })
    expect(reported()).toMatchObject({ blockedBy: null, status: 'linking' })
    expect((await requests.next()).input).toMatchObject({ kind: 'link', attempt: 1 })
  })

  test('that was moved meanwhile is linked in its new place', async () => {
    const { requests, send, context, sent } = startVideo(blocked)
    const place = { chapterId: 'chapter-2', position: 'b0' }
    send({ type: 'video.move', place: { ...place, after: null } })
    send({ type: 'video.release' })
    const { input, resolve } = await requests.next()
    expect(input).toMatchObject({ kind: 'link', chapterId: 'chapter-2', link: { position: 'b0' } })
    await resolve(linked(place))
    expect(context()).toMatchObject({ wanted: place, confirmed: place, ownPlaces: [place] })
    expect(sent()).toHaveLength(1)
  })

  test('that may have been sent is linked in the place where it was sent', async () => {
    const { requests, send } = startVideo({ ...pick, isSent: true })
    send({ type: 'video.move', place: { chapterId: 'chapter-2', position: 'b0' } })
    const { input } = await requests.next()
    expect(input).toMatchObject({ kind: 'link', chapterId: 'chapter-1' })
  })

  test('can be removed without a request, and released before it is restored', () => {
    const { requests, send, state } = startVideo(blocked)
    send({ type: 'video.remove' })
    expect(state().link).toBe('removed')
    send({ type: 'video.release' }, { type: 'video.restore' })
    expect(state().link).toBe('linking')
    expect(requests.calls).toHaveLength(1)
  })
})

describe('removal', () => {
  test('of a pick that was never sent makes no request, and can be undone', async () => {
    const { requests, send, state } = startVideo({ ...pick, blockedBy: 'video-0' })
    send({ type: 'video.remove' })
    expect(state()).toEqual({ link: 'removed', filename: 'viewing', request: 'idle' })
    send({ type: 'video.restore' })
    expect(state().link).toBe('optimistic')
    expect(requests.calls).toEqual([])
  })

  test('in flight aborts the link and tells the server', async () => {
    const { requests, send, state, context } = startVideo(pick)
    const link = await requests.next()
    send({ type: 'video.remove' })
    expect(state()).toEqual({ link: 'removing', filename: 'viewing', request: 'sending' })
    expect(link.signal.aborted).toBe(true)

    const removal = await requests.next()
    expect(removal.input).toEqual({ ...link.input, kind: 'remove', revision: 1 })
    await removal.resolve(removed(1))
    expect(state()).toEqual({ link: 'removed', filename: 'viewing', request: 'idle' })
    expect(context()).toMatchObject({
      confirmed: { status: 'removed', revision: 1, filename: pick.filename },
      confirmedAt: 8,
      unknown: [],
      attempt: 0,
    })
  })

  test('of a renamed video aborts the change in flight and takes the next revision', async () => {
    const { requests, send, rename } = startVideo(row)
    rename('Mine.mp4')
    const change = await requests.next()
    expect(change.input.revision).toBe(5)
    send({ type: 'video.remove' })
    expect(change.signal.aborted).toBe(true)
    expect((await requests.next()).input).toMatchObject({ kind: 'remove', revision: 6, attempt: 1 })
  })

  test('while backing off or waiting is sent at once, since a try may have arrived', async () => {
    const backingOff = startVideo(pick)
    await (await backingOff.requests.next()).reject(cut)
    backingOff.send({ type: 'video.remove' })
    await (await backingOff.requests.next()).resolve(removed(1))
    expect(backingOff.state().link).toBe('removed')

    const waiting = startVideo(pick)
    await waiting.lose(computeBackoff(1))
    waiting.send({ type: 'video.remove' })
    await (await waiting.requests.next()).resolve(removed(1))
    expect(waiting.state().link).toBe('removed')
    expect(waiting.sent()).toEqual(['link 1', 'remove 1'])
  })

  test('of a failed link is sent if the link may have arrived, but not if it was refused', async () => {
    const refusedOnce = startVideo(pick)
    await (await refusedOnce.requests.next()).resolve(refused('No room'))
    refusedOnce.send({ type: 'video.remove' })
    expect(refusedOnce.state().link).toBe('removed')
    expect(refusedOnce.context().problem).toBeNull()

    const lost = startVideo(pick)
    await lost.lose(computeBackoff(1))
    await (await lost.connection.next()).resolve()
    await (await lost.requests.next()).resolve(refused('No room'))
    expect(lost.state().link).toBe('failed')
    lost.send({ type: 'video.remove' })
    expect((await lost.requests.next()).input.kind).toBe('remove')
  })

  test('hides the row for as long as the server does not answer', async () => {
    const { connection, lose, send, state, sent } = startVideo(row)
    send({ type: 'video.remove' })
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await lose(computeBackoff(attempt))
      expect(state()).toMatchObject({ link: 'removing', request: 'waiting' })
      await (await connection.next()).resolve()
    }
    expect(sent().at(-1)).toBe('remove 8')
  })

  test('that is refused shows the row as failed, and a retry as linked', async () => {
    const { requests, send, state, context, sent } = startVideo(row)
    send({ type: 'video.remove' })
    const refusal = refused('Not yours')
    await (await requests.next()).resolve(refusal)
    expect(state()).toEqual({ link: 'failed', filename: 'viewing', request: 'idle' })
    expect(context()).toMatchObject({
      problem: refusal.problem,
      wanted: { isPresent: true },
      unknown: [],
    })
    send({ type: 'video.retry' })
    expect(state().link).toBe('linked')
    expect(sent()).toEqual(['remove 1'])
  })

  test('that is refused after a lost try may have arrived, so a retry restores the row', async () => {
    const { connection, requests, lose, send, state, context } = startVideo(row)
    send({ type: 'video.remove' })
    await lose(computeBackoff(1))
    await (await connection.next()).resolve()
    await (await requests.next()).resolve(refused('Not yours'))
    expect(context().unknown).toEqual(['remove'])
    send({ type: 'video.retry' })
    expect(state().link).toBe('linking')
    await (await requests.next()).resolve(linked({ revision: 7 }))
    expect(state().link).toBe('linked')
  })

  test('ignores a second request to remove', async () => {
    const { requests, send, reports } = startVideo(row)
    send({ type: 'video.remove' })
    await requests.next()
    const before = reports.length
    send({ type: 'video.remove' })
    expect(reports).toHaveLength(before)
    expect(requests.calls).toHaveLength(1)
  })
})

describe('undo', () => {
  test('restores a removed video as the server has it', async () => {
    const { requests, send, state, context } = startVideo(row)
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    send({ type: 'video.restore' })
    expect(state().link).toBe('linking')

    const restoration = await requests.next()
    expect(restoration.input).toMatchObject({ kind: 'restore', revision: 6, attempt: 1 })
    await restoration.resolve(linked({ filename: 'Renamed.mp4', version: 5, revision: 6 }))
    expect(state().link).toBe('linked')
    expect(context()).toMatchObject({
      wanted: { filename: 'Renamed.mp4', isPresent: true },
      confirmed: { version: 5, revision: 6 },
    })
  })

  test('links a video again whose link had not arrived before its removal', async () => {
    const { requests, send, state, sent, reported, described } = startVideo(pick)
    const link = await requests.next()
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(1))
    send({ type: 'video.restore' })
    await (await requests.next()).resolve(unlinked(2))
    expect(state().link).toBe('linking')
    expect(reported()).toEqual(described())

    const again = await requests.next()
    expect(again.input).toEqual({ ...link.input, revision: 2 })
    await again.resolve(linked({ version: 1, revision: 2 }))
    expect(state().link).toBe('linked')
    expect(sent()).toEqual(['link 1', 'remove 1', 'restore 1', 'link 1'])
  })

  test('sends nothing before the removal is answered', () => {
    const { requests, send, state } = startVideo(pick)
    send({ type: 'video.remove' }, { type: 'video.restore' })
    expect(requests.calls.map(({ input }) => input.kind)).toEqual(['link', 'remove'])
    expect(state().link).toBe('linking')
  })

  test('comes after a removal in flight, which is not aborted', async () => {
    const { requests, send, state, sent } = startVideo(row)
    send({ type: 'video.remove' })
    const removal = await requests.next()
    send({ type: 'video.restore' })
    expect(state()).toMatchObject({ link: 'linking', request: 'sending' })
    expect([removal.signal.aborted, sent()]).toEqual([false, ['remove 1']])

    await removal.resolve(removed(5))
    await (await requests.next()).resolve(linked({ revision: 6 }))
    expect(state().link).toBe('linked')
    expect(sent()).toEqual(['remove 1', 'restore 1'])
  })

  test('immediately follows a removal that stays unanswered', async () => {
    const { requests, send, sent } = startVideo(row)
    send({ type: 'video.remove' })
    const removal = await requests.next()
    send({ type: 'video.restore' })
    await removal.reject(cut)
    await (await requests.next()).resolve(linked({ revision: 6 }))
    expect(sent()).toEqual(['remove 1', 'restore 1'])
  })

  test('of a removal in flight that is then refused leaves no problem', async () => {
    const { requests, send, state, context } = startVideo(row)
    send({ type: 'video.remove' })
    const removal = await requests.next()
    send({ type: 'video.restore' })
    await removal.resolve(refused('Not yours'))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(context().problem).toBeNull()
  })

  test('can itself be undone, before and after the removal is answered', async () => {
    const { requests, send, state, sent } = startVideo(row)
    send({ type: 'video.remove' })
    const removal = await requests.next()
    send({ type: 'video.restore' }, { type: 'video.remove' })
    await removal.resolve(removed(5))
    expect(state().link).toBe('removed')

    send({ type: 'video.restore' })
    const restoration = await requests.next()
    send({ type: 'video.remove' })
    expect(restoration.signal.aborted).toBe(false)
    await restoration.resolve(linked({ revision: 6 }))
    await (await requests.next()).resolve(removed(7))
    expect(state().link).toBe('removed')
    expect(sent()).toEqual(['remove 1', 'restore 1', 'remove 1'])
  })

  test('has its own count of tries, however often the removal was sent', async () => {
    const { connection, requests, lose, send, state, sent } = startVideo(row)
    send({ type: 'video.remove' })
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await lose(computeBackoff(attempt))
      if (attempt < 5) await (await connection.next()).resolve()
    }
    send({ type: 'video.restore' })
    expect(state().link).toBe('linking')
    const wait = () => connection.next()
    await wait()
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await lose(computeBackoff(attempt))
      expect(state().link).toBe('linking')
      await (await wait()).resolve()
    }
    await (await requests.next()).reject(cut)
    expect(state().link).toBe('failed')
    expect(sent().slice(5)).toEqual([1, 2, 3, 4, 5].map((attempt) => `restore ${attempt}`))
  })

  test('is sent again without waiting on request while backing off', async () => {
    const { video, requests, send, state } = startVideo(row)
    send({ type: 'video.restore' })
    await (await requests.next()).reject(cut)
    expect(video.getSnapshot().hasTag('retrying')).toBe(true)
    send({ type: 'video.retry' })
    await (await requests.next()).resolve(linked({ revision: 6 }))
    expect(state().link).toBe('linked')
  })

  test('that is refused can be retried', async () => {
    const { requests, send, state, context, sent } = startVideo(row)
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(5))
    send({ type: 'video.restore' })
    const refusal = refused('The asset was linked anew', 409)
    await (await requests.next()).resolve(refusal)
    expect(state().link).toBe('failed')
    expect(context().problem).toEqual(refusal.problem)

    send({ type: 'video.retry' })
    await (await requests.next()).resolve(linked({ revision: 7 }))
    expect(state().link).toBe('linked')
    expect(sent()).toEqual(['remove 1', 'restore 1', 'restore 1'])
  })

  test('of a removal by someone else restores the row that the page still shows', async () => {
    const { requests, send, state } = startVideo(row)
    send({ type: 'video.restore' })
    expect(state().link).toBe('linking')
    const restoration = await requests.next()
    expect(restoration.input).toMatchObject({ kind: 'restore', revision: 5 })
    await restoration.resolve(linked({ revision: 5, version: 5 }))
    expect(state().link).toBe('linked')
  })

  test('of a removal by someone else also sends a pending name', async () => {
    const { requests, send, rename, context } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).resolve({ ...refused('It was removed.', 410), revision: 9 })
    expect(context()).toMatchObject({ wanted: { filename: 'Mine.mp4' }, filenameProblem: null })
    send({ type: 'video.retry' })
    const restoration = await requests.next()
    expect(restoration.input).toMatchObject({ kind: 'restore', revision: 10 })
    await restoration.resolve(linked({ version: 4, revision: 10 }))
    expect((await requests.next()).input).toMatchObject({
      kind: 'change',
      patch: { filename: 'Mine.mp4' },
      version: 4,
      revision: 11,
    })
  })
})
