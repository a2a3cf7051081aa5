import { describe, expect, test } from 'vitest'
import { computeBackoff } from '#machines/backoff.ts'
import { maxAttempts, type RequestOutcome } from '#machines/video.context.ts'
import {
  cut,
  linked,
  pick,
  refused,
  removed,
  row,
  type StartedVideo,
  stale,
  startVideo,
} from './fake-effects.ts'

const saved = { filename: row.filename, version: row.version, revision: row.revision }
const savedPick = { filename: pick.filename, version: 0, revision: 0 }
const place = { chapterId: row.chapterId, position: row.position }
const theirs = { filename: 'Theirs.mp4', version: 8, revision: 9 }

const linkStates: Record<string, () => Promise<StartedVideo>> = {
  optimistic: async () => startVideo({ ...pick, blockedBy: 'video-0' }),
  linking: async () => startVideo(pick),
  'backing off': async () => {
    const started = startVideo(pick)
    await (await started.requests.next()).reject(cut)
    return started
  },
  'waiting for a connection': async () => {
    const started = startVideo(pick)
    await started.lose(computeBackoff(1))
    return started
  },
  linked: async () => startVideo(row),
  failed: async () => {
    const started = startVideo(pick)
    await (await started.requests.next()).resolve(refused('No room'))
    return started
  },
  removed: async () => {
    const started = startVideo(row)
    started.send({ type: 'video.remove' })
    await (await started.requests.next()).resolve(removed(5))
    return started
  },
  restoring: async () => {
    const started = startVideo(row)
    started.send({ type: 'video.restore' })
    return started
  },
}

describe.each(Object.entries(linkStates))('while %s', (name, start) => {
  test('an editor opens and closes without affecting the link', async () => {
    const { requests, send, context, state, reports } = await start()
    const { link, request } = state()
    send({ type: 'video.edit', saved: context().confirmed })
    expect(state()).toEqual({ link, request, filename: 'editing' })
    expect(reports.at(-1)).toEqual({ type: 'editor.reported', id: 'video-1', isOpen: true })
    send({ type: 'video.cancel' })
    expect(state()).toEqual({ link, request, filename: 'viewing' })
    expect(reports.at(-1)).toEqual({ type: 'editor.reported', id: 'video-1', isOpen: false })
    expect(requests.calls.filter(({ input }) => input.kind === 'change')).toEqual([])
  })

  test('a saved name is shown at once, and sent only to a linked video', async () => {
    const { requests, rename, context, state, reported } = await start()
    const { link } = state()
    const before = requests.calls.length
    rename('Mine.mp4')
    expect(context().wanted.filename).toBe('Mine.mp4')
    expect(reported()).toMatchObject({
      wanted: { filename: 'Mine.mp4' },
      filenameStatus: 'pending',
    })
    expect(state()).toMatchObject({ link, filename: 'viewing' })
    expect(requests.calls.slice(before).map(({ input }) => input.kind)).toEqual(
      name === 'linked' ? ['change'] : [],
    )
  })
})

describe('a name saved before the link is confirmed', () => {
  test('is sent after it', async () => {
    const { requests, rename, state, context } = startVideo(pick)
    const linking = await requests.next()
    rename('Mine.mp4', savedPick)
    await linking.resolve(linked({ version: 1, revision: 0 }))

    const save = await requests.next()
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'sending' })
    expect(save.input).toEqual({
      ...linking.input,
      kind: 'change',
      patch: { filename: 'Mine.mp4' },
      version: 1,
      revision: 1,
    })

    await save.resolve(linked({ filename: 'Mine.mp4', version: 2, revision: 1, at: 9 }))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(context()).toMatchObject({
      wanted: { filename: 'Mine.mp4' },
      confirmed: { filename: 'Mine.mp4', version: 2 },
      confirmedAt: 9,
      unknown: [],
      ownNames: ['Mine.mp4'],
    })
  })

  test('is in conflict if the server has another one by then', async () => {
    const { requests, rename, state } = startVideo(pick)
    const linking = await requests.next()
    rename('Mine.mp4', savedPick)
    await linking.resolve(linked({ filename: 'Theirs.mp4', version: 2 }))
    expect(state()).toEqual({ link: 'linked', filename: 'conflict', request: 'idle' })
    expect(requests.calls).toHaveLength(1)
  })

  test('survives the link’s failure and its retry, whose content stays the same', async () => {
    const { requests, rename, send, state, context } = startVideo(pick)
    const first = await requests.next()
    rename('Mine.mp4', savedPick)
    await first.resolve(refused('No room'))
    expect(state()).toEqual({ link: 'failed', filename: 'viewing', request: 'idle' })
    expect(context().wanted.filename).toBe('Mine.mp4')

    send({ type: 'video.retry' })
    const second = await requests.next()
    expect(second.input).toEqual(first.input)
    await second.resolve(linked({ version: 1, revision: 0 }))
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'Mine.mp4' } })
  })

  test('is not unsaved just because the tries of its link were lost', async () => {
    const { connection, lose, rename, state, reported } = startVideo(pick)
    rename('Mine.mp4', savedPick)
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      await lose(computeBackoff(attempt))
      if (attempt < maxAttempts) await (await connection.next()).resolve()
    }
    expect(state()).toMatchObject({ link: 'failed', filename: 'viewing' })
    expect(reported()).toMatchObject({ status: 'failed', filenameStatus: 'pending' })
  })

  test('is replaced by a later one: only the latest is sent', async () => {
    const { requests, rename, sent } = startVideo(pick)
    const linking = await requests.next()
    rename('First.mp4', savedPick)
    rename('Second.mp4', savedPick)
    await linking.resolve(linked({ version: 1, revision: 0 }))
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'Second.mp4' } })
    expect(sent()).toEqual(['link 1', 'change 1'])
  })

  test('is restored by a cancelled edit', async () => {
    const { rename, send, state, context } = startVideo(pick)
    rename('Mine.mp4', savedPick)
    send({ type: 'video.edit', saved: savedPick }, { type: 'video.cancel' })
    expect(state().filename).toBe('viewing')
    expect(context().wanted.filename).toBe('Mine.mp4')
  })

  test('waits in an open editor while its link is confirmed', async () => {
    const { requests, send, state } = startVideo(pick)
    const linking = await requests.next()
    send({ type: 'video.edit', saved: savedPick })
    await linking.resolve(linked({ version: 1, revision: 0 }))
    expect(state()).toEqual({ link: 'linked', filename: 'editing', request: 'idle' })

    send({ type: 'video.rename', filename: 'Mine.mp4' })
    expect((await requests.next()).input).toMatchObject({ version: 1 })
  })

  test('that equals the old one makes no request', async () => {
    const { requests, rename, state } = startVideo(row)
    rename(row.filename)
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(requests.calls).toEqual([])
  })
})

describe('an editor', () => {
  test('opens over the shown row if that is newer than the confirmed one', async () => {
    const { requests, rename, context, reported, described, send } = startVideo(row)
    send({ type: 'video.edit', saved: theirs })
    expect(context()).toMatchObject({
      wanted: { filename: 'Theirs.mp4', isPresent: true, ...place },
      confirmed: { status: 'linked', ...theirs, ...place },
      revision: 9,
      ownNames: ['Theirs.mp4'],
    })
    expect(reported()).toEqual(described())
    rename('Mine.mp4', theirs)
    const save = await requests.next()
    expect(save.input).toMatchObject({
      patch: { filename: 'Mine.mp4' },
      version: 8,
      revision: 10,
    })
  })

  test.each([
    ['an older row', { ...theirs, version: 2 }],
    ['the same row', { ...theirs, version: 3 }],
  ])('does not return to %s', (_name, older) => {
    const { send, context } = startVideo(row)
    send({ type: 'video.edit', saved: older })
    expect(context()).toMatchObject({ confirmed: saved, wanted: { filename: row.filename } })
  })

  test('opens over a row that was moved elsewhere and adopts its place', () => {
    const { send, context } = startVideo(row)
    const place = { chapterId: 'chapter-2', position: 'a7' }
    const saved = { filename: row.filename, version: 9, revision: 9 }
    send({ type: 'video.edit', saved: { ...saved, ...place } })
    expect(context()).toMatchObject({ confirmed: place, wanted: place, ownPlaces: [place] })
    send({ type: 'video.cancel' }, { type: 'video.move', place: { ...place, position: 'a8' } })
    send({ type: 'video.edit', saved: { ...saved, ...place, version: 10 } })
    expect(context()).toMatchObject({ confirmed: place, wanted: { position: 'a8' } })
  })

  test('over a pending name leaves it to the answer whether there is a conflict', async () => {
    const { requests, rename, state, context } = startVideo(row)
    rename('Mine.mp4')
    const first = await requests.next()
    rename('Mine again.mp4', theirs)
    expect(first.signal.aborted).toBe(false)
    expect(context().confirmed).toMatchObject(saved)
    await first.resolve(stale(theirs))
    expect(state().filename).toBe('conflict')
    expect(context().wanted.filename).toBe('Mine again.mp4')
  })

  test('leaves a save in flight alone; its own save follows', async () => {
    const { requests, rename, state } = startVideo(row)
    rename('First.mp4')
    const first = await requests.next()
    rename('Second.mp4', { filename: 'First.mp4', version: 3, revision: 4 })
    expect(first.signal.aborted).toBe(false)
    await first.resolve(linked({ filename: 'First.mp4', version: 4, revision: 5 }))
    const second = await requests.next()
    expect(second.input).toMatchObject({ patch: { filename: 'Second.mp4' }, version: 4 })
    await second.resolve(linked({ filename: 'Second.mp4', version: 5, revision: 6 }))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
  })

  test('stays open while the previous save is confirmed, refused or lost', async () => {
    for (const settle of ['confirm', 'refuse', 'lose']) {
      const { requests, rename, send, state, reported, described } = startVideo(row)
      rename('First.mp4')
      const first = await requests.next()
      send({ type: 'video.edit', saved })
      if (settle === 'confirm') await first.resolve(linked({ filename: 'First.mp4', version: 4 }))
      else if (settle === 'refuse') await first.resolve(refused('Not allowed'))
      else await first.reject(cut)
      expect(state().filename).toBe('editing')
      expect(reported()).toEqual(described())
      send({ type: 'video.cancel' })
      expect(state().filename).toBe(settle === 'refuse' ? 'unsaved' : 'viewing')
    }
  })
})

describe('saving', () => {
  test('the old name while the new one is in flight sends the old one afterwards', async () => {
    const { requests, rename, context } = startVideo(row)
    rename('Mine.mp4')
    const first = await requests.next()
    rename(row.filename)
    await first.resolve(linked({ filename: 'Mine.mp4', version: 4, revision: 5 }))
    const second = await requests.next()
    expect(second.input).toMatchObject({ patch: { filename: row.filename }, version: 4 })
    await second.resolve(linked({ version: 5, revision: 6 }))
    expect(context()).toMatchObject({ request: null, wanted: { filename: row.filename } })
  })

  test('the old name after the new one was lost overwrites what may have arrived', async () => {
    const { requests, rename, state, context } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).reject(cut)
    rename(row.filename)
    const second = await requests.next()
    expect(second.input).toMatchObject({ patch: { filename: row.filename, ...place }, version: 3 })
    await second.resolve(stale({ filename: 'Mine.mp4', version: 4, revision: 5 }))
    expect(state().filename).toBe('viewing')
    const third = await requests.next()
    expect(third.input).toMatchObject({ patch: { filename: row.filename }, version: 4 })
    await third.resolve(linked({ version: 5, revision: 7 }))
    expect(context()).toMatchObject({ request: null, wanted: { filename: row.filename } })
  })

  test('over an earlier name of our own that had arrived is no conflict', async () => {
    const { requests, rename, state } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).reject(cut)
    rename('Mine too.mp4')
    const second = await requests.next()
    expect(second.input).toMatchObject({ patch: { filename: 'Mine too.mp4', ...place } })
    await second.resolve(stale({ filename: 'Mine.mp4', version: 4, revision: 5 }))
    expect(state().filename).toBe('viewing')
    expect((await requests.next()).input).toMatchObject({
      patch: { filename: 'Mine too.mp4' },
      version: 4,
    })
  })

  test('is finished if an earlier try had arrived', async () => {
    const { connection, requests, rename, lose, state, sent } = startVideo(row)
    rename('Mine.mp4')
    await lose(computeBackoff(1))
    await (await connection.next()).resolve()
    await (await requests.next()).resolve(stale({ filename: 'Mine.mp4', version: 4, revision: 5 }))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(sent()).toEqual(['change 1', 'change 2'])
  })

  test('finds no conflict with our own name in the answer to a restoration, either', async () => {
    const { requests, rename, send, state } = startVideo(row)
    rename('Mine.mp4')
    await requests.next()
    rename('Mine too.mp4')
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(6))
    send({ type: 'video.restore' })
    await (await requests.next()).resolve(linked({ filename: 'Mine.mp4', version: 5, revision: 7 }))
    expect(state()).toMatchObject({ link: 'linked', filename: 'viewing' })
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'Mine too.mp4' } })
  })

  test('that is undone while the video is removed is overwritten if it had arrived', async () => {
    const { requests, rename, send } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).reject(cut)
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(6))
    send({ type: 'video.setFilename', filename: row.filename, saved: row })
    send({ type: 'video.restore' })
    await (await requests.next()).resolve(linked({ filename: 'Mine.mp4', version: 5, revision: 7 }))
    expect((await requests.next()).input).toMatchObject({ patch: { filename: row.filename } })
  })

  test('that was undone stays pending until a restoration confirms the name', async () => {
    const { requests, rename, send, reported, context } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).reject(cut)
    send({ type: 'video.setFilename', filename: row.filename, saved: row })
    await requests.next()
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(7))
    send({ type: 'video.restore' })
    expect(reported()?.filenameStatus).toBe('pending')
    send({ type: 'video.edit', saved: { filename: 'Mine.mp4', version: 5, revision: 8 } })
    expect(context().wanted.filename).toBe(row.filename)
    await (await requests.next()).resolve(linked({ filename: 'Mine.mp4', version: 5, revision: 8 }))
    expect(reported()?.filenameStatus).toBe('pending')
    const save = await requests.next()
    expect(save.input).toMatchObject({ patch: { filename: row.filename }, version: 5 })
    await save.resolve(linked({ filename: row.filename, version: 6, revision: 9 }))
    expect(reported()?.filenameStatus).toBe('saved')
  })

  test.each(['in flight', 'backing off'])(
    'is kept through a removal and its undo, when %s',
    async (moment) => {
      const { requests, rename, send } = startVideo(row)
      rename('Mine.mp4')
      const save = await requests.next()
      if (moment === 'backing off') await save.reject(cut)
      send({ type: 'video.remove' })
      await (await requests.next()).resolve(removed(6))
      send({ type: 'video.restore' })
      await (await requests.next()).resolve(linked({ version: 4, revision: 7 }))
      expect((await requests.next()).input).toMatchObject({
        patch: { filename: 'Mine.mp4' },
        version: 4,
      })
    },
  )
})

describe('a conflict', () => {
  async function startConflict() {
    const started = startVideo(row)
    started.rename('Mine.mp4')
    await (await started.requests.next()).resolve(stale(theirs))
    return started
  }

  test('keeps both names and sends neither', async () => {
    const { state, context, reported, described, sent } = await startConflict()
    expect(state()).toEqual({ link: 'linked', filename: 'conflict', request: 'idle' })
    expect(context()).toMatchObject({
      wanted: { filename: 'Mine.mp4' },
      confirmed: { filename: 'Theirs.mp4' },
    })
    expect(reported()).toEqual(described())
    expect(reported()?.filenameStatus).toBe('conflict')
    expect(sent()).toEqual(['change 1'])
  })

  test('is resolved with mine by saving it over theirs', async () => {
    const { requests, send, state, context } = await startConflict()
    send({ type: 'rename.keepMine' })
    expect(context().ownNames).toEqual([row.filename, 'Mine.mp4', 'Theirs.mp4'])
    const save = await requests.next()
    expect(save.input).toMatchObject({
      patch: { filename: 'Mine.mp4' },
      version: 8,
      revision: 10,
      attempt: 1,
    })
    await save.resolve(linked({ filename: 'Mine.mp4', version: 9, revision: 10 }))
    expect(state().filename).toBe('viewing')
    expect(context()).toMatchObject({ ownNames: ['Mine.mp4'] })
  })

  test('is resolved with theirs by discarding mine', async () => {
    const { requests, send, state, context } = await startConflict()
    send({ type: 'rename.takeTheirs' })
    expect(state().filename).toBe('viewing')
    expect(context()).toMatchObject({
      wanted: { filename: 'Theirs.mp4' },
      ownNames: ['Theirs.mp4'],
      attempt: 0,
    })
    expect(requests.calls).toHaveLength(1)
  })

  test('returns after another edit of the own name, and is over when that equals theirs', async () => {
    const { requests, send, state } = await startConflict()
    send({ type: 'video.edit', saved: theirs })
    expect(state().filename).toBe('editing')
    send({ type: 'video.rename', filename: 'Mine too.mp4' })
    expect(state().filename).toBe('conflict')
    send({ type: 'video.edit', saved: theirs }, { type: 'video.rename', filename: 'Theirs.mp4' })
    expect(state().filename).toBe('viewing')
    expect(requests.calls).toHaveLength(1)
  })

  test('is over if the server has the new name after all', async () => {
    const { requests, send, state } = await startConflict()
    send({ type: 'video.move', place: { chapterId: 'chapter-1', position: 'c0' } })
    await (await requests.next()).resolve(
      linked({ filename: 'Mine.mp4', position: 'c0', version: 10, revision: 10 }),
    )
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
  })
})

describe('a name that could not be saved', () => {
  async function startUnanswered() {
    const started = startVideo(row)
    started.rename('Mine.mp4')
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      await started.lose(computeBackoff(attempt))
      if (attempt < maxAttempts) await (await started.connection.next()).resolve()
    }
    return started
  }

  test('is kept with the reason of a refusal, and not sent again', async () => {
    const { requests, rename, state, context, reported, described } = startVideo(row)
    rename('Mine.mp4')
    const refusal = refused('Not allowed')
    await (await requests.next()).resolve(refusal)
    expect(state()).toEqual({ link: 'linked', filename: 'unsaved', request: 'idle' })
    expect(context()).toMatchObject({
      wanted: { filename: 'Mine.mp4' },
      filenameProblem: refusal.problem,
      problem: null,
      unknown: [],
    })
    expect(reported()).toEqual(described())
    expect(requests.calls).toHaveLength(1)
  })

  test('is kept when five tries are lost, and saved by a slow retry', async () => {
    const { connection, requests, state, context, reported } = await startUnanswered()
    expect(state()).toEqual({ link: 'linked', filename: 'unsaved', request: 'waiting' })
    expect(context()).toMatchObject({ filenameProblem: null, attempt: 5 })
    expect(reported()?.filenameStatus).toBe('unsaved')
    await (await connection.next()).resolve()
    expect(state()).toMatchObject({ filename: 'unsaved', request: 'sending' })
    await (await requests.next()).resolve(
      linked({ filename: 'Mine.mp4', version: 4, revision: 10 }),
    )
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(reported()?.filenameStatus).toBe('saved')
  })

  test('is tried again when something else is wanted, too', async () => {
    const { requests, send, state } = await startUnanswered()
    send({ type: 'video.move', place: { chapterId: 'chapter-1', position: 'c0' } })
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'sending' })
    expect(requests.calls.at(-1)?.input).toMatchObject({
      patch: { filename: 'Mine.mp4', position: 'c0' },
      attempt: 1,
    })
  })

  test('becomes a conflict when a slow retry finds another name', async () => {
    const { connection, requests, state, reported } = await startUnanswered()
    await (await connection.next()).resolve()
    await (await requests.next()).resolve(stale(theirs))
    expect(state().filename).toBe('conflict')
    expect(reported()?.filenameStatus).toBe('conflict')
  })

  test('is sent again without waiting on request', async () => {
    const { requests, send, state } = await startUnanswered()
    send({ type: 'rename.retry' })
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'sending' })
    const again = await requests.next()
    expect(again.input).toMatchObject({
      patch: { filename: 'Mine.mp4', ...place },
      revision: 10,
      attempt: 1,
    })
  })

  test('can be sent again, discarded or edited after a refusal', async () => {
    const { requests, rename, send, state, context } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).resolve(refused('Not allowed'))

    send({ type: 'rename.retry' })
    expect(context().filenameProblem).toBeNull()
    await (await requests.next()).resolve(refused('Not allowed'))
    send({ type: 'video.edit', saved })
    expect(state().filename).toBe('editing')
    send({ type: 'video.rename', filename: 'Other.mp4' })
    expect(context().filenameProblem).toBeNull()
    await (await requests.next()).resolve(refused('Not allowed'))

    send({ type: 'rename.discard' })
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(context()).toMatchObject({
      wanted: { filename: row.filename },
      ownNames: [row.filename],
      filenameProblem: null,
    })
    expect(requests.calls).toHaveLength(3)
  })

  test('that is discarded while a try may have arrived is overwritten, also if it had', async () => {
    const { requests, send, state, context, reported } = await startUnanswered()
    send({ type: 'rename.discard' })
    expect(reported()).toMatchObject({
      filenameStatus: 'pending',
      wanted: { filename: row.filename },
    })
    const overwriting = await requests.next()
    expect(overwriting.input).toMatchObject({ patch: { filename: row.filename, ...place } })
    await overwriting.resolve(stale({ filename: 'Mine.mp4', version: 4, revision: 5 }))
    expect(state().filename).toBe('viewing')
    const again = await requests.next()
    expect(again.input).toMatchObject({ patch: { filename: row.filename }, version: 4 })
    await again.resolve(linked({ version: 5, revision: 12 }))
    expect(context()).toMatchObject({ request: null, wanted: { filename: row.filename } })
  })

  test('that is discarded yields to someone else’s name', async () => {
    const { requests, send, state, context } = await startUnanswered()
    send({ type: 'rename.discard' })
    await (await requests.next()).resolve(stale(theirs))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(context().wanted.filename).toBe('Theirs.mp4')
  })

  test('that is discarded but still in a list is not what an editor opens over', async () => {
    const { send, context } = await startUnanswered()
    send(
      { type: 'rename.discard' },
      { type: 'video.edit', saved: { filename: 'Mine.mp4', version: 4, revision: 5 } },
    )
    expect(context()).toMatchObject({
      wanted: { filename: row.filename },
      confirmed: { filename: row.filename, version: 3 },
    })
  })

  test('refused after a lost try is not sent forever: what may have arrived is overwritten once', async () => {
    const { connection, requests, rename, lose, state, context, sent } = startVideo(row)
    rename('Mine.mp4')
    await lose(computeBackoff(1))
    await (await connection.next()).resolve()
    const refusal = refused('Not allowed')
    await (await requests.next()).resolve(refusal)
    expect(state().filename).toBe('unsaved')
    const overwriting = await requests.next()
    expect(overwriting.input).toMatchObject({ patch: { filename: row.filename, ...place } })
    await overwriting.resolve(refused('Not that either'))
    expect(state()).toEqual({ link: 'linked', filename: 'unsaved', request: 'idle' })
    expect(context()).toMatchObject({ filenameProblem: refusal.problem, unknown: [] })
    expect(sent()).toEqual(['change 1', 'change 2', 'change 1'])
  })

  test('refused while a later name is pending does not affect the later one', async () => {
    const { requests, rename, state } = startVideo(row)
    rename('First.mp4')
    const first = await requests.next()
    rename('Second.mp4')
    await first.resolve(refused('Not allowed'))
    expect(state().filename).toBe('viewing')
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'Second.mp4' } })
  })

  test('does not prevent a move from being sent', async () => {
    const { requests, rename, send, state } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).resolve(refused('Not allowed'))
    const moved = { chapterId: 'chapter-1', position: 'c0' }
    send({ type: 'video.move', place: moved })
    const move = await requests.next()
    expect(move.input).toMatchObject({ patch: moved })
    expect(move.input).not.toHaveProperty('patch.filename')
    await move.resolve(linked({ ...moved, version: 4, revision: 6 }))
    expect(state()).toEqual({ link: 'linked', filename: 'unsaved', request: 'idle' })
  })

  test('is kept through a removal and its undo', async () => {
    const { requests, rename, send, state, context } = startVideo(row)
    rename('Mine.mp4')
    await (await requests.next()).resolve(refused('Not allowed'))
    send({ type: 'video.remove' })
    await (await requests.next()).resolve(removed(6))
    send({ type: 'video.restore' })
    await (await requests.next()).resolve(linked({ version: 4, revision: 7 }))
    expect(state()).toEqual({ link: 'linked', filename: 'unsaved', request: 'idle' })
    expect(context().wanted.filename).toBe('Mine.mp4')
  })
})

describe('a name from outside its row', () => {
  const createEvent = (filename: string) =>
    ({ type: 'video.setFilename', filename, saved }) as const

  async function answerRename(answer: RequestOutcome) {
    const started = startVideo(row)
    started.rename('Mine.mp4')
    await (await started.requests.next()).resolve(answer)
    return started
  }

  test('is sent at once, and leaves an open editor open', async () => {
    const { requests, send, state, reported, described } = startVideo(row)
    send({ type: 'video.edit', saved }, createEvent('New.mp4'))
    expect(state().filename).toBe('editing')
    expect(reported()).toEqual(described())
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'New.mp4' } })
  })

  test('replaces the name in the shown row if that is newer than the confirmed one', async () => {
    const { requests, send } = startVideo(row)
    send({ type: 'video.setFilename', filename: 'New.mp4', saved: theirs })
    const { input } = await requests.next()
    expect(input).toMatchObject({ patch: { filename: 'New.mp4' }, version: 8, revision: 10 })
  })

  test('replaces one that could not be saved', async () => {
    const { requests, send, state, reported, described } = await answerRename(refused('Too long'))
    send(createEvent('New.mp4'))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing', request: 'sending' })
    expect(reported()).toEqual(described())
    expect((await requests.next()).input).toMatchObject({ patch: { filename: 'New.mp4' } })
  })

  test('ends a conflict if it equals theirs, and otherwise keeps it', async () => {
    const { requests, send, state, context } = await answerRename(stale(theirs))
    send(createEvent('New.mp4'))
    expect([state().filename, context().wanted.filename]).toEqual(['conflict', 'New.mp4'])
    send(createEvent('Theirs.mp4'))
    expect(state().filename).toBe('viewing')
    expect(requests.calls).toHaveLength(1)
  })
})

test('an undone name stays pending until nothing can have replaced it', async () => {
  const { requests, send, reported, context } = startVideo(row)
  send({ type: 'video.setFilename', filename: 'New.mp4', saved })
  const renaming = await requests.next()
  send({ type: 'video.setFilename', filename: row.filename, saved })
  expect(reported()).toMatchObject({ filenameStatus: 'pending' })
  await renaming.reject(cut)
  expect(reported()).toMatchObject({
    filenameStatus: 'pending',
    wanted: { filename: row.filename },
  })
  expect(context().confirmed.filename).toBe(row.filename)
})
