import { describe, expect, test } from 'vitest'
import { backoffAfter, mostAttempts } from '#machines/video.machine.ts'
import { confirmed, pick, refused, row, startVideo } from './fake-effects.ts'

const answerTimeout = 30_000
const undoWindow = 15_000
const cut = new TypeError('The connection was cut')

const request = {
  id: pick.id,
  chapterId: pick.chapterId,
  mediaId: pick.mediaId,
  filename: pick.filename,
  position: pick.position,
  attempt: 1,
}

describe('linking', () => {
  test('sends a new pick and keeps what the server confirmed', async () => {
    const { video, linkVideo, state } = startVideo(pick)
    expect(state()).toEqual({ link: 'optimistic', filename: 'viewing' })

    const link = await linkVideo.next()
    expect(state()).toEqual({ link: { linking: 'sending' }, filename: 'viewing' })
    expect(link.input).toEqual(request)

    await link.resolve(confirmed('Lesson 1.mp4', 1))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing' })
    expect(video.getSnapshot().context).toEqual({
      ...pick,
      version: 1,
      confirmedAt: 7,
      attempt: 0,
      linkSent: true,
      removalSent: false,
      problem: null,
      base: { filename: 'Lesson 1.mp4', version: 1 },
      pendingFilename: null,
      unconfirmed: [],
      theirs: null,
      renameProblem: null,
    })
  })

  test('starts a row of the server’s as linked, without a request', () => {
    const { linkVideo, state } = startVideo(row)
    expect(state()).toEqual({ link: 'linked', filename: 'viewing' })
    expect(linkVideo.calls).toEqual([])
  })

  test('takes a refusal as final at once', async () => {
    const { linkVideo, state, context } = startVideo(pick)
    const refusal = refused('No room')
    await (await linkVideo.next()).resolve(refusal)
    expect(state()).toEqual({ link: 'failed', filename: 'viewing' })
    expect(context().problem).toEqual(refusal.problem)
    expect(linkVideo.calls).toHaveLength(1)
  })

  test('sends the same id and content again while the outcome is unknown, five times in all', async () => {
    const { linkVideo, clock, state, context } = startVideo(pick)
    for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
      await (await linkVideo.next()).reject(cut)
      clock.increment(backoffAfter(attempt) - 1)
      expect(state().link).toEqual({ linking: 'backingOff' })
      clock.increment(1)
      expect(state().link).toBe('optimistic')
    }
    await (await linkVideo.next()).reject(cut)
    expect(state().link).toBe('failed')
    expect(context().problem).toBeNull()
    expect(linkVideo.calls.map(({ input }) => input)).toEqual(
      Array.from({ length: mostAttempts }, (_, index) => ({ ...request, attempt: index + 1 })),
    )
  })

  test('doubles the delay between two tries, up to eight seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map(backoffAfter)).toEqual([
      500, 500, 1000, 2000, 4000, 8000, 8000, 8000,
    ])
  })

  test('aborts a request that is not answered in time, and counts it as a try', async () => {
    const { linkVideo, clock, state } = startVideo(pick)
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const { signal } = await linkVideo.next()
      clock.increment(answerTimeout - 1)
      expect(signal.aborted).toBe(false)
      clock.increment(1)
      expect(signal.aborted).toBe(true)
      if (attempt < mostAttempts) clock.increment(backoffAfter(attempt))
    }
    expect(state().link).toBe('failed')
    expect(linkVideo.calls).toHaveLength(mostAttempts)
  })

  test('tries again without waiting when asked while backing off', async () => {
    const { video, linkVideo, state } = startVideo(pick)
    await (await linkVideo.next()).reject(cut)
    video.send({ type: 'video.retry' })
    expect(state().link).toBe('optimistic')
    await (await linkVideo.next()).resolve(confirmed(pick.filename, 1))
    expect(state().link).toBe('linked')
  })

  test('waits for a connection, and goes when it is there', async () => {
    const { connection, linkVideo, state } = startVideo(pick, { isOnline: false })
    expect(state().link).toBe('optimistic')
    expect(linkVideo.calls).toEqual([])

    await connection.regain()
    await (await linkVideo.next()).resolve(confirmed(pick.filename, 1))
    expect(state().link).toBe('linked')
  })

  test('fails when the wait for a connection breaks', async () => {
    const { connection, state } = startVideo(pick, { isOnline: false })
    await connection.breakWaits(cut)
    expect(state().link).toBe('failed')
  })

  test('that somebody else removed after a try arrived is brought back by a retry', async () => {
    const { video, linkVideo, restoreVideo, state, context } = startVideo(pick)
    const removed = { ...refused('It was removed.').problem, status: 410 }
    await (await linkVideo.next()).resolve({ outcome: 'refused', problem: removed })
    expect(state()).toEqual({ link: 'failed', filename: 'viewing' })
    expect(context().problem).toEqual(removed)
    video.send({ type: 'video.retry' })
    await (await restoreVideo.next()).resolve(confirmed('Lesson 1.mp4', 3))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing' })
    expect(linkVideo.calls).toHaveLength(1)
  })

  test('retries a failed link with the same content and fresh tries', async () => {
    const { video, linkVideo, state, context } = startVideo(pick)
    await (await linkVideo.next()).resolve(refused('No room'))
    video.send({ type: 'video.retry' })
    expect(context()).toMatchObject({ attempt: 0, problem: null })

    const again = await linkVideo.next()
    expect(again.input).toEqual(request)
    await again.resolve(confirmed(pick.filename, 1))
    expect(state().link).toBe('linked')
  })
})

describe('removal', () => {
  test('of a pick that was never sent makes no request, and can be undone', async () => {
    const { video, connection, linkVideo, removeVideo, restoreVideo, state } = startVideo(pick, {
      isOnline: false,
    })
    video.send({ type: 'video.remove' })
    expect(state().link).toBe('removed')
    video.send({ type: 'video.restore' })
    expect(state().link).toBe('optimistic')

    await connection.regain()
    await (await linkVideo.next()).resolve(confirmed(pick.filename, 1))
    expect(state().link).toBe('linked')
    expect([removeVideo.calls, restoreVideo.calls]).toEqual([[], []])
  })

  test('in flight aborts the link and tells the server', async () => {
    const { video, linkVideo, removeVideo, state } = startVideo(pick)
    const link = await linkVideo.next()
    video.send({ type: 'video.remove' })
    expect(state().link).toEqual({ removing: 'waiting' })
    expect(link.signal.aborted).toBe(true)

    const removal = await removeVideo.next()
    expect(removal.input).toEqual({ id: 'video-1', chapterId: 'chapter-1' })
    await removal.resolve({ outcome: 'removed' })
    expect(state().link).toBe('removed')
  })

  test('while backing off tells the server, for a try may have arrived', async () => {
    const { video, linkVideo, removeVideo, state } = startVideo(pick)
    await (await linkVideo.next()).reject(cut)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    expect(state().link).toBe('removed')
  })

  test('while waiting for the connection after a try tells the server, too', async () => {
    const { video, connection, linkVideo, removeVideo, clock, state } = startVideo(pick)
    await (await linkVideo.next()).reject(cut)
    connection.lose()
    clock.increment(backoffAfter(1))
    video.send({ type: 'video.remove' })
    expect(state().link).toEqual({ removing: 'waiting' })
    await connection.regain()
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    expect(state().link).toBe('removed')
  })

  test('of a linked and of a failed video tells the server', async () => {
    const linked = startVideo(row)
    linked.video.send({ type: 'video.remove' })
    await (await linked.removeVideo.next()).resolve({ outcome: 'removed' })
    expect(linked.state().link).toBe('removed')

    const failed = startVideo(pick)
    await (await failed.linkVideo.next()).resolve(refused('No room'))
    failed.video.send({ type: 'video.remove' })
    await (await failed.removeVideo.next()).resolve({ outcome: 'removed' })
    expect(failed.state().link).toBe('removed')
  })

  test('goes on for as long as the server does not answer', async () => {
    const { video, removeVideo, clock, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    for (let attempt = 1; attempt <= 2 * mostAttempts; attempt += 1) {
      await (await removeVideo.next()).reject(cut)
      expect(state().link).toEqual({ removing: 'backingOff' })
      clock.increment(backoffAfter(attempt))
    }
    const { signal } = await removeVideo.next()
    clock.increment(answerTimeout)
    expect(signal.aborted).toBe(true)
    expect(state().link).toEqual({ removing: 'backingOff' })
  })

  test('that the server refuses brings the row back', async () => {
    const { video, removeVideo, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve(refused('Not yours'))
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 3))
    expect(state().link).toBe('linked')
  })

  test('can be undone for a while, unless its notice is put away', async () => {
    const first = startVideo(pick, { isOnline: false })
    first.video.send({ type: 'video.remove' })
    first.clock.increment(undoWindow - 1)
    expect(first.state().link).toBe('removed')
    first.clock.increment(1)
    expect(first.state().link).toBe('gone')

    const second = startVideo(pick, { isOnline: false })
    second.video.send({ type: 'video.remove' })
    second.video.send({ type: 'video.forget' })
    expect(second.state().link).toBe('gone')
  })
})

describe('undo', () => {
  test('brings a removed video back as the server has it', async () => {
    const { video, removeVideo, restoreVideo, state, context } = startVideo(row)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    video.send({ type: 'video.restore' })

    const restoration = await restoreVideo.next()
    expect(restoration.input).toEqual({ id: 'video-1', chapterId: 'chapter-1' })
    await restoration.resolve(confirmed('Renamed.mp4', 5))
    expect(state().link).toBe('linked')
    expect(context()).toMatchObject({ filename: 'Renamed.mp4', version: 5, removalSent: false })
  })

  test('links a video anew whose link had not arrived before its removal', async () => {
    const { video, linkVideo, removeVideo, restoreVideo, state } = startVideo(pick)
    await linkVideo.next()
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    video.send({ type: 'video.restore' })
    await (await restoreVideo.next()).resolve({ outcome: 'unlinked' })

    const again = await linkVideo.next()
    expect(again.input).toEqual(request)
    await again.resolve(confirmed(pick.filename, 1))
    expect(state().link).toBe('linked')
  })

  test('tells the server of the removal of a row that it had and does not know any more', async () => {
    const { video, connection, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.restore' })
    const restoration = await restoreVideo.next()
    connection.lose()
    await restoration.resolve({ outcome: 'unlinked' })
    expect(state().link).toBe('optimistic')
    video.send({ type: 'video.remove' })
    expect(state().link).toEqual({ removing: 'waiting' })
  })

  test('needs no request while the removal waits for the connection', async () => {
    const linked = startVideo(row, { isOnline: false })
    linked.video.send({ type: 'video.remove' })
    linked.video.send({ type: 'video.restore' })
    expect(linked.state().link).toBe('linked')

    const inFlight = startVideo(pick)
    await inFlight.linkVideo.next()
    inFlight.connection.lose()
    inFlight.video.send({ type: 'video.remove' })
    inFlight.video.send({ type: 'video.restore' })
    await inFlight.connection.regain()
    expect((await inFlight.linkVideo.next()).input).toEqual(request)
    expect([linked.removeVideo.calls, inFlight.removeVideo.calls]).toEqual([[], []])
  })

  test('comes after a removal that is on its way, which is not aborted', async () => {
    const { video, removeVideo, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    const removal = await removeVideo.next()
    video.send({ type: 'video.restore' })
    expect(state().link).toEqual({ removing: { deleting: 'undone' } })
    expect([removal.signal.aborted, restoreVideo.calls]).toEqual([false, []])

    await removal.resolve({ outcome: 'removed' })
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
    expect(state().link).toBe('linked')
  })

  test('of a removal on its way follows also when that stays unanswered', async () => {
    const rejected = startVideo(row)
    rejected.video.send({ type: 'video.remove' })
    const removal = await rejected.removeVideo.next()
    rejected.video.send({ type: 'video.restore' })
    await removal.reject(cut)
    expect(rejected.state().link).toEqual({ restoring: 'waiting' })

    const late = startVideo(row)
    late.video.send({ type: 'video.remove' })
    await late.removeVideo.next()
    late.video.send({ type: 'video.restore' })
    late.clock.increment(answerTimeout)
    expect(late.state().link).toEqual({ restoring: 'waiting' })
  })

  test('can be taken back, before the removal is answered and after', async () => {
    const { video, removeVideo, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    const removal = await removeVideo.next()
    video.send({ type: 'video.restore' })
    video.send({ type: 'video.remove' })
    expect(state().link).toEqual({ removing: { deleting: 'wanted' } })
    await removal.resolve({ outcome: 'removed' })
    expect(state().link).toBe('removed')

    video.send({ type: 'video.restore' })
    const restoration = await restoreVideo.next()
    video.send({ type: 'video.remove' })
    expect(state().link).toEqual({ restoring: { asking: 'unwanted' } })
    expect(restoration.signal.aborted).toBe(false)
    await restoration.resolve(confirmed(row.filename, 4))
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    expect(state().link).toBe('removed')
  })

  test('that is taken back removes it also where nobody knows what became of the undo', async () => {
    const { video, removeVideo, restoreVideo, clock, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    for (const settle of ['reject', 'time out'] as const) {
      video.send({ type: 'video.restore' })
      const restoration = await restoreVideo.next()
      video.send({ type: 'video.remove' })
      if (settle === 'reject') await restoration.reject(cut)
      else clock.increment(30_000)
      await (await removeVideo.next()).resolve({ outcome: 'removed' })
      expect(state().link).toBe('removed')
    }
  })

  test('that is taken back and wanted after all brings it back', async () => {
    const { video, removeVideo, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    video.send({ type: 'video.restore' })
    const restoration = await restoreVideo.next()
    video.send({ type: 'video.remove' })
    video.send({ type: 'video.restore' })
    await restoration.resolve(confirmed(row.filename, 4))
    expect(state().link).toBe('linked')
  })

  test('of a removal that may have arrived asks the server', async () => {
    const { video, connection, removeVideo, restoreVideo, clock, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).reject(cut)
    connection.lose()
    clock.increment(backoffAfter(1))
    expect(state().link).toEqual({ removing: 'waiting' })
    video.send({ type: 'video.restore' })
    await connection.regain()
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
    expect(state().link).toBe('linked')
  })

  test('has tries of its own, however often the removal was sent', async () => {
    const { video, removeVideo, restoreVideo, clock, state } = startVideo(row)
    video.send({ type: 'video.remove' })
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      await (await removeVideo.next()).reject(cut)
      if (attempt < mostAttempts) clock.increment(backoffAfter(attempt))
    }
    video.send({ type: 'video.restore' })
    for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
      await (await restoreVideo.next()).reject(cut)
      expect(state().link).toEqual({ restoring: 'backingOff' })
      clock.increment(backoffAfter(attempt))
    }
    await (await restoreVideo.next()).reject(cut)
    expect(state().link).toBe('failed')
  })

  test('is sent again without waiting when asked while backing off', async () => {
    const { video, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.restore' })
    await (await restoreVideo.next()).reject(cut)
    expect(video.getSnapshot().hasTag('retrying')).toBe(true)
    video.send({ type: 'video.retry' })
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
    expect(state().link).toBe('linked')
  })

  test('that failed is what a retry tries again', async () => {
    const { video, removeVideo, restoreVideo, state, context } = startVideo(row)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    video.send({ type: 'video.restore' })
    const refusal = refused('The asset was linked anew')
    await (await restoreVideo.next()).resolve(refusal)
    expect(state().link).toBe('failed')
    expect(context().problem).toEqual(refusal.problem)

    video.send({ type: 'video.retry' })
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
    expect(state().link).toBe('linked')
  })

  test('of a removal by somebody else is what a retry tries again, too', async () => {
    const { video, linkVideo, restoreVideo, state } = startVideo(row)
    video.send({ type: 'video.restore' })
    await (await restoreVideo.next()).resolve(refused('The asset was linked anew'))
    expect(state().link).toBe('failed')

    video.send({ type: 'video.retry' })
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
    expect(state().link).toBe('linked')
    expect(linkVideo.calls).toEqual([])
  })

  test('fails when no answer comes in time at its last try, or the wait for a connection breaks', async () => {
    const late = startVideo(row)
    late.video.send({ type: 'video.restore' })
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const { signal } = await late.restoreVideo.next()
      late.clock.increment(answerTimeout)
      expect(signal.aborted).toBe(true)
      if (attempt < mostAttempts) late.clock.increment(backoffAfter(attempt))
    }
    expect(late.state().link).toBe('failed')

    const broken = startVideo(row, { isOnline: false })
    broken.video.send({ type: 'video.restore' })
    await broken.connection.breakWaits(cut)
    expect(broken.state().link).toBe('failed')
  })
})
