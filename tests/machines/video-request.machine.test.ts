import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computeBackoff } from '#machines/backoff.ts'
import {
  maxAttempts,
  type RequestOutcome,
  type ServerState,
  UndecidedError,
} from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import {
  cut,
  link,
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

const responseTimeout = 30_000

describe('a request without an answer', () => {
  test('is sent again with the same content, after increasing delays and once connected', async () => {
    const { connection, requests, clock, state, context } = startVideo(pick)
    for (let attempt = 1; attempt < 8; attempt += 1) {
      await (await requests.next()).reject(cut)
      clock.increment(computeBackoff(attempt) - 1)
      expect(state().request).toBe('backingOff')
      clock.increment(1)
      expect(state().request).toBe('waiting')
      const wait = await connection.next()
      expect(wait.input).toEqual({ attempt })
      expect(context()).toMatchObject({ request: null, attempt, problem: null })
      expect(state().link).toBe(attempt < maxAttempts ? 'linking' : 'failed')
      await wait.resolve()
    }
    expect(requests.calls.map(({ input }) => input)).toEqual(
      Array.from({ length: 8 }, (_, index) => ({
        kind: 'link',
        id: 'video-1',
        chapterId: 'chapter-1',
        link,
        revision: 0,
        attempt: index + 1,
      })),
    )
    expect(context().unknown).toEqual(['link', 'link'])
  })

  test('keeps what came instead, until a later attempt gets no response or a person retries', async () => {
    const { connection, requests, clock, send, context } = startVideo(pick)
    const passBackoff = async () => {
      clock.increment(computeBackoff(context().attempt))
      await (await connection.next()).resolve()
    }
    await (await requests.next()).reject(new UndecidedError('The server is busy.'))
    await passBackoff()
    const second = await requests.next()
    expect(context().failure).toBe('The server is busy.')
    await second.reject(cut)
    expect(context().failure).toBeNull()
    await passBackoff()
    await (await requests.next()).reject(new UndecidedError('The server is busy.'))
    await passBackoff()
    await requests.next()
    clock.increment(responseTimeout)
    expect(context().failure).toBeNull()
    await passBackoff()
    await (await requests.next()).reject(new UndecidedError('The server is busy.'))
    send({ type: 'video.retry' })
    expect(context().failure).toBeNull()
  })

  test('waits twice as long each time, up to eight seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map(computeBackoff)).toEqual([
      500, 500, 1000, 2000, 4000, 8000, 8000, 8000,
    ])
  })

  test('is aborted when it takes too long, and counts as a try', async () => {
    const { connection, requests, clock, state, context } = startVideo(pick)
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const { signal } = await requests.next()
      clock.increment(responseTimeout - 1)
      expect(signal.aborted).toBe(false)
      clock.increment(1)
      expect(signal.aborted).toBe(true)
      expect(context()).toMatchObject({ request: null, attempt })
      clock.increment(computeBackoff(attempt))
      if (attempt < maxAttempts) await (await connection.next()).resolve()
    }
    expect(state()).toEqual({ link: 'failed', filename: 'viewing', request: 'waiting' })
  })

  test('is retried even on a page that can’t tell whether it is connected', async () => {
    const { connection, lose, state, sent } = startVideo(pick)
    await lose(computeBackoff(1))
    await (await connection.next()).reject(cut)
    expect(state().request).toBe('sending')
    expect(sent()).toEqual(['link 1', 'link 2'])
  })

  test('takes a higher revision each time, unless it is a link', async () => {
    const { connection, requests, lose, rename } = startVideo(row)
    rename('Mine.mp4')
    await lose(computeBackoff(1))
    await (await connection.next()).resolve()
    await lose(computeBackoff(2))
    await (await connection.next()).resolve()
    expect(requests.calls.map(({ input }) => [input.revision, input.attempt])).toEqual([
      [5, 1],
      [6, 2],
      [7, 3],
    ])
  })

  test('that shows its row as failed can succeed in a slow retry', async () => {
    const { connection, requests, lose, state, reported, described } = startVideo(pick)
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await lose(computeBackoff(attempt))
      await (await connection.next()).resolve()
    }
    expect(state()).toEqual({ link: 'failed', filename: 'viewing', request: 'sending' })
    await (await requests.next()).resolve(linked({ version: 1, revision: 0 }))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(reported()).toEqual(described())
  })

  test('of a failed restoration leads to a new link if a slow retry finds the id vacant', async () => {
    const { connection, requests, lose, send, state, reported } = startVideo(pick)
    send({ type: 'video.remove' })
    await requests.next()
    await (await requests.next()).resolve(removed(1))
    send({ type: 'video.restore' })
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await lose(computeBackoff(attempt))
      await (await connection.next()).resolve()
    }
    expect(state().link).toBe('failed')
    await (await requests.next()).resolve(unlinked(7))
    expect([state().link, reported()?.status]).toEqual(['linking', 'linking'])
    await (await requests.next()).resolve(linked({ version: 1, revision: 7 }))
    expect(state().link).toBe('linked')
  })

  test('keeps its delay if a name is saved meanwhile', async () => {
    const { requests, rename, state, sent } = startVideo(pick)
    await (await requests.next()).reject(cut)
    rename('Mine.mp4', { filename: pick.filename, version: 0, revision: 0 })
    expect(state().request).toBe('backingOff')
    expect(sent()).toEqual(['link 1'])
  })
})

describe('one request at a time', () => {
  test('later changes are sent after the answer', async () => {
    const { requests, rename, send, sent } = startVideo(row)
    rename('First.mp4')
    const first = await requests.next()
    rename('Second.mp4')
    send({
      type: 'video.move',
      place: { chapterId: 'chapter-2', position: 'b0', after: 'video-9' },
    })
    expect([sent(), first.signal.aborted]).toEqual([['change 1'], false])
    await first.resolve(linked({ filename: 'First.mp4', version: 4, revision: 5 }))
    expect((await requests.next()).input).toMatchObject({
      kind: 'change',
      chapterId: 'chapter-1',
      patch: {
        filename: 'Second.mp4',
        chapterId: 'chapter-2',
        position: 'b0',
        after: 'video-9',
      },
      version: 4,
      revision: 6,
      attempt: 1,
    })
  })

  test('an answer to a request that was aborted is ignored', async () => {
    const { requests, send, context, state } = startVideo(pick)
    const aborted = await requests.next()
    send({ type: 'video.remove' })
    aborted.resolve(linked({ version: 1 }))
    await (await requests.next()).resolve(removed(1))
    expect(context().confirmed.status).toBe('removed')
    expect(state().link).toBe('removed')
  })
})

describe('a request behind someone else’s change', () => {
  test('adopts the server’s row and is sent again at once', async () => {
    const { requests, rename, context } = startVideo(row)
    rename('Mine.mp4')
    const moved = { position: 'a5', version: 8, revision: 20 }
    await (await requests.next()).resolve(stale(moved))
    const again = await requests.next()
    expect(again.input).toMatchObject({
      patch: { filename: 'Mine.mp4' },
      version: 8,
      revision: 21,
      attempt: 2,
    })
    expect(context()).toMatchObject({
      wanted: { filename: 'Mine.mp4', position: 'a5' },
      confirmedAt: 7,
      unknown: ['change'],
    })
    await again.resolve(linked({ filename: 'Mine.mp4', version: 9, revision: 21, position: 'a5' }))
    expect(context()).toMatchObject({ attempt: 0, unknown: [], ownNames: ['Mine.mp4'] })
  })

  test('removes a video again that was restored meanwhile, and none that was removed', async () => {
    const { requests, send, state } = startVideo(row)
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(stale({ revision: 9 }))
    const again = await requests.next()
    expect(again.input).toMatchObject({ kind: 'remove', revision: 10 })
    await again.resolve(stale({ status: 'removed', revision: 12 }))
    expect(state()).toEqual({ link: 'removed', filename: 'viewing', request: 'idle' })
  })

  test('is sent again at most five times before it backs off', async () => {
    const { requests, rename, state, context } = startVideo(row)
    rename('Mine.mp4')
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      expect(state().request).toBe('sending')
      await (await requests.next()).resolve(
        stale({ position: `a${attempt}`, version: 3 + attempt, revision: 10 * attempt }),
      )
    }
    expect(state().request).toBe('backingOff')
    expect(context()).toMatchObject({ attempt: 5, unknown: [], confirmed: { position: 'a5' } })
    expect(requests.calls).toHaveLength(5)
  })

  test('does not back off if the last of those changes has done what was wanted', async () => {
    const { requests, send, state } = startVideo(row)
    send({ type: 'video.remove' })
    for (let attempt = 1; attempt < maxAttempts; attempt += 1) {
      await (await requests.next()).resolve(stale({ revision: 10 * attempt }))
    }
    await (await requests.next()).resolve(stale({ status: 'removed', revision: 50 }))
    expect(state()).toEqual({ link: 'removed', filename: 'viewing', request: 'idle' })
  })

  test('does not back off after a final answer, however many tries it took', async () => {
    const { connection, requests, lose, send, state } = startVideo(row)
    send({ type: 'video.remove' })
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      await lose(computeBackoff(attempt))
      await (await connection.next()).resolve()
    }
    await (await requests.next()).resolve(removed(9))
    expect(state()).toEqual({ link: 'removed', filename: 'viewing', request: 'idle' })
  })
})

describe('a change that was undone before its answer', () => {
  const { filename, chapterId, position } = row
  const saved = { filename, version: row.version, revision: row.revision }
  const moved = { chapterId: 'chapter-2', position: 'b0' }
  const changes: Record<
    string,
    [late: Partial<ServerState>, change: VideoEvent, undo: VideoEvent]
  > = {
    'a move': [
      moved,
      { type: 'video.move', place: moved },
      { type: 'video.move', place: { chapterId, position } },
    ],
    'a new name': [
      { filename: 'Mine.mp4' },
      { type: 'video.setFilename', filename: 'Mine.mp4', saved },
      { type: 'video.setFilename', filename, saved },
    ],
  }

  test.for(Object.keys(changes))(
    'stays undone if the video was removed meanwhile: %s',
    async (name) => {
      const [late, change, undo] = changes[name] ?? []
      if (!late || !change || !undo) return
      const { requests, send, context } = startVideo(row)
      send(change)
      const sent = await requests.next()
      send(undo)
      send({ type: 'video.remove' })
      expect(sent.signal.aborted).toBe(true)
      await (await requests.next()).resolve(removed(9))
      send({ type: 'video.restore' })
      await (await requests.next()).resolve(linked({ ...late, version: 5, revision: 10 }))
      expect(context().wanted).toMatchObject({ filename, chapterId, position })
      expect((await requests.next()).input).toMatchObject({ kind: 'change', version: 5 })
    },
  )
})

describe('a move', () => {
  const place = { chapterId: 'chapter-2', position: 'b0', after: null }
  const saved = { filename: row.filename, version: row.version, revision: row.revision }

  test('is shown at once and sent in one change with a pending name', async () => {
    const { requests, send, rename, context, reported } = startVideo(pick)
    const linking = await requests.next()
    rename('Mine.mp4', { filename: pick.filename, version: 0, revision: 0 })
    send({ type: 'video.move', place })
    expect(reported()?.wanted).toEqual({ isPresent: true, filename: 'Mine.mp4', ...place })
    await linking.resolve(linked({ version: 1, revision: 0 }))
    const change = await requests.next()
    expect(change.input).toMatchObject({
      chapterId: 'chapter-1',
      patch: { filename: 'Mine.mp4', ...place },
      version: 1,
    })
    const rekeyed = { chapterId: 'chapter-2', position: 'b0V', filename: 'Mine.mp4', version: 2 }
    await change.resolve(linked({ ...rekeyed, revision: 1 }))
    expect(context()).toMatchObject({
      wanted: { isPresent: true, filename: 'Mine.mp4', chapterId: 'chapter-2', position: 'b0V' },
      request: null,
      ownPlaces: [{ chapterId: 'chapter-2', position: 'b0V' }],
    })
    expect(context().wanted).not.toHaveProperty('after')
    expect(requests.calls).toHaveLength(2)
  })

  test('that was undone wins over someone else’s move meanwhile', async () => {
    const { requests, send, context } = startVideo(row)
    send({ type: 'video.move', place })
    const change = await requests.next()
    const { chapterId, position } = row
    send({ type: 'video.move', place: { chapterId, position } })
    await change.reject(cut)
    send({ type: 'video.retry' })
    const theirs = { chapterId: 'chapter-2', position: 'Zz', version: 5, revision: 9 }
    await (await requests.next()).resolve(stale(theirs))
    expect(context().wanted).toMatchObject({ chapterId, position })
    expect((await requests.next()).input).toMatchObject({
      patch: { chapterId, position },
      version: 5,
    })
  })

  test('waits for a link in flight and does not abort it', async () => {
    const { requests, send, sent } = startVideo(pick)
    const linking = await requests.next()
    send({ type: 'video.move', place })
    expect([linking.signal.aborted, sent()]).toEqual([false, ['link 1']])
    await linking.resolve(linked({ version: 1, revision: 0 }))
    expect((await requests.next()).input).toMatchObject({ kind: 'change', patch: place })
  })

  test('discards the neighbour of an earlier one', async () => {
    const { requests, send, context } = startVideo(row)
    send({ type: 'video.move', place: { ...place, after: 'video-9' } })
    send({ type: 'video.move', place: { chapterId: 'chapter-1', position: 'c0' } })
    expect(context().wanted).toEqual({
      isPresent: true,
      filename: row.filename,
      chapterId: 'chapter-1',
      position: 'c0',
    })
    expect(requests.calls).toHaveLength(1)
  })

  test('that is refused is undone alone; the name is sent by itself', async () => {
    const { requests, send, rename, context, state } = startVideo(row)
    rename('Mine.mp4')
    const first = await requests.next()
    rename('Mine too.mp4')
    send({ type: 'video.move', place })
    await first.resolve(linked({ filename: 'Mine.mp4', version: 4, revision: 5 }))
    const second = await requests.next()
    expect(second.input).toMatchObject({ patch: { filename: 'Mine too.mp4', ...place } })
    await second.resolve(refused('No such chapter', 404))
    expect(context()).toMatchObject({ problem: null, filenameProblem: null })
    expect(context().placeProblem?.detail).toBe('No such chapter')
    expect(context().wanted).toEqual({
      isPresent: true,
      filename: 'Mine too.mp4',
      chapterId: 'chapter-1',
      position: 'a0',
    })
    const third = await requests.next()
    expect(third.input).toMatchObject({ patch: { filename: 'Mine too.mp4' }, version: 4 })
    await third.resolve(linked({ filename: 'Mine too.mp4', version: 5, revision: 7 }))
    expect(context().placeProblem?.detail).toBe('No such chapter')
    send({ type: 'video.move', place: { chapterId: 'chapter-1', position: 'a0' } })
    expect(context().placeProblem).toBeNull()
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
  })

  test('that is refused does not undo a later one', async () => {
    const { requests, send, context } = startVideo(row)
    send({ type: 'video.move', place })
    const first = await requests.next()
    const later = { chapterId: 'chapter-1', position: 'c0', after: 'video-2' }
    send({ type: 'video.move', place: later })
    await first.resolve(refused('No such chapter', 404))
    expect(context().placeProblem).toBeNull()
    const second = await requests.next()
    expect(second.input).toMatchObject({ kind: 'change', patch: later })
  })

  test('back while the first is in flight is sent after it', async () => {
    const { requests, send, context } = startVideo(row)
    send({ type: 'video.move', place })
    const first = await requests.next()
    const back = { chapterId: 'chapter-1', position: 'a0' }
    send({ type: 'video.move', place: back })
    await first.resolve(linked({ chapterId: 'chapter-2', position: 'b0', version: 4, revision: 5 }))
    const second = await requests.next()
    expect(second.input).toMatchObject({ chapterId: 'chapter-2', patch: back, version: 4 })
    await second.resolve(linked({ version: 5, revision: 6 }))
    expect(context()).toMatchObject({ request: null, wanted: back, confirmed: back })
  })

  test('back after the first was lost overwrites what may have arrived', async () => {
    const { requests, send, context } = startVideo(row)
    send({ type: 'video.move', place })
    await (await requests.next()).reject(cut)
    const back = { chapterId: 'chapter-1', position: 'a0' }
    send({ type: 'video.move', place: back })
    const second = await requests.next()
    expect(second.input).toMatchObject({ patch: { filename: row.filename, ...back }, version: 3 })
    await second.resolve(stale({ chapterId: 'chapter-2', position: 'b0', version: 4, revision: 5 }))
    const third = await requests.next()
    expect(third.input).toMatchObject({ patch: back, version: 4, revision: 7 })
    await third.resolve(linked({ version: 5, revision: 7 }))
    expect(context()).toMatchObject({ request: null, wanted: back, confirmed: back })
  })

  test('that is discarded for theirs, with nothing in flight, is over', async () => {
    const { requests, send, state, reported } = startVideo(row)
    send({ type: 'video.move', place: { chapterId: row.chapterId, position: 'c0' } })
    for (let version = 8; version < 8 + maxAttempts; version += 1) {
      const theirs = { position: `b${version}`, version, revision: 10 * version }
      await (await requests.next()).resolve(stale(theirs))
    }
    expect(state().request).toBe('backingOff')
    const { chapterId, position } = reported()?.confirmed ?? expect.unreachable()
    send({ type: 'video.move', place: { chapterId, position } })
    expect(state().request).toBe('idle')
    expect(reported()?.isMoving).toBe(false)
  })

  test('by someone else is adopted if this page has moved nothing', async () => {
    const { requests, rename, context } = startVideo(row)
    rename('Mine.mp4', saved)
    await (await requests.next()).resolve(
      stale({ chapterId: 'chapter-2', position: 'a0', version: 4, revision: 6 }),
    )
    expect(context().wanted).toMatchObject({ chapterId: 'chapter-2', position: 'a0' })
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'Mine.mp4' } })
  })

  test('wins over someone else’s move', async () => {
    const { requests, send } = startVideo(row)
    send({ type: 'video.move', place })
    await (await requests.next()).resolve(stale({ position: 'a8', version: 4, revision: 6 }))
    expect((await requests.next()).input).toMatchObject({ patch: place, version: 4 })
  })

  test('does not affect a conflict between two names', async () => {
    const { requests, send, rename, state } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).resolve(
      stale({ filename: 'Theirs.mp4', version: 4, revision: 6 }),
    )
    expect(state().filename).toBe('conflict')
    send({ type: 'video.move', place })
    const move = await requests.next()
    expect(move.input).toMatchObject({ patch: place, version: 4 })
    expect(move.input).not.toHaveProperty('patch.filename')
    expect(state().filename).toBe('conflict')
  })
})

describe('with any events and outcomes', () => {
  const commands: fc.Arbitrary<VideoEvent | { type: 'video.release' }> = fc.oneof(
    fc.constantFrom<VideoEvent | { type: 'video.release' }>(
      { type: 'video.retry' },
      { type: 'video.remove' },
      { type: 'video.restore' },
      { type: 'video.cancel' },
      { type: 'rename.retry' },
      { type: 'rename.discard' },
      { type: 'rename.keepMine' },
      { type: 'rename.takeTheirs' },
      { type: 'video.release' },
    ),
    fc.record({
      type: fc.constant('video.move' as const),
      place: fc.record({
        chapterId: fc.constantFrom('chapter-1', 'chapter-2'),
        position: fc.constantFrom('a0', 'a1'),
      }),
    }),
    fc.record({
      type: fc.constant('video.rename' as const),
      filename: fc.constantFrom(row.filename, 'One.mp4', 'Two.mp4'),
    }),
    fc.record({
      type: fc.constant('video.edit' as const),
      saved: fc.record({
        filename: fc.constantFrom(row.filename, 'One.mp4', 'Theirs.mp4'),
        version: fc.integer({ min: 1, max: 9 }),
        revision: fc.integer({ min: 1, max: 9 }),
      }),
    }),
  )
  const fields = {
    filename: fc.constantFrom(row.filename, 'One.mp4', 'Theirs.mp4'),
    chapterId: fc.constantFrom('chapter-1', 'chapter-2'),
    position: fc.constantFrom('a0', 'a1'),
    version: fc.integer({ min: 1, max: 9 }),
    revision: fc.integer({ min: 1, max: 9 }),
  }
  const outcomes = fc.oneof(
    fc.record(fields).map((server) => linked(server)),
    fc.record(fields).map((server) => stale(server)),
    fc.constantFrom<RequestOutcome>(refused('No'), refused('Gone', 410)),
    fc.constant('lost' as const),
  )
  const steps = fc.oneof(
    fc.record({ command: commands }),
    fc.record({ outcome: outcomes }),
    fc.record({ milliseconds: fc.constantFrom(500, 8_000, responseTimeout) }),
    fc.constant({ connected: true }),
  )
  const inputs = fc.constantFrom(pick, row, { ...pick, isSent: true }, { ...pick, blockedBy: 'x' })

  type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never

  /** Answers the request in flight as the server may, with the fields of `outcome`. */
  function answer(started: StartedVideo, outcome: RequestOutcome | 'lost') {
    const call = started.requests.calls.at(-1)
    if (!call || !started.context().request) return
    if (outcome === 'lost') return call.reject(cut)
    if (outcome.outcome === 'refused' || call.input.kind === 'link') return call.resolve(outcome)
    if (call.input.kind === 'remove') return call.resolve(removed(call.input.revision))
    return call.resolve(outcome)
  }

  async function take(started: StartedVideo, step: Step) {
    if ('command' in step) started.send(step.command)
    else if ('outcome' in step) await answer(started, step.outcome)
    else if ('milliseconds' in step) started.clock.increment(step.milliseconds)
    else if (started.state().request === 'waiting') {
      await started.connection.calls.at(-1)?.resolve()
    }
  }

  function expectConsistent({ state, context, reported, described }: StartedVideo) {
    const { status, filenameStatus, ...rest } = described()
    if (reported()) expect(reported()).toEqual({ status, filenameStatus, ...rest })
    const { link: linkState, filename, request } = state()
    expect(linkState).toBe(status)
    expect(context().request !== null).toBe(request === 'sending')
    if (filename === 'editing') return
    const isDecided = filenameStatus === 'saved' || filenameStatus === 'pending'
    expect(filename).toBe(isDecided ? 'viewing' : filenameStatus)
  }

  test('the last report, the states and the context agree', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, fc.array(steps, { maxLength: 25 }), async (input, taken) => {
        const started = startVideo(input)
        for (const step of taken) {
          await take(started, step)
          expectConsistent(started)
        }
      }),
      { numRuns: 300 },
    )
  })
})
