import { describe, expect, test } from 'vitest'
import { confirmed, pick, refused, row, startVideo } from './fake-effects.ts'

const cut = new TypeError('The connection was cut')
const base = { filename: row.filename, version: row.version }

type Started = ReturnType<typeof startVideo>

function rename({ video }: Started, filename: string, over = base) {
  video.send({ type: 'video.edit', base: over })
  video.send({ type: 'video.rename', filename })
}

const linkStates: Record<string, () => Promise<Started>> = {
  optimistic: async () => startVideo(pick, { isOnline: false }),
  linking: async () => {
    const started = startVideo(pick)
    await started.linkVideo.next()
    return started
  },
  'backing off': async () => {
    const started = startVideo(pick)
    await (await started.linkVideo.next()).reject(cut)
    return started
  },
  linked: async () => startVideo(row),
  failed: async () => {
    const started = startVideo(pick)
    await (await started.linkVideo.next()).resolve(refused('No room'))
    return started
  },
  removed: async () => {
    const started = startVideo(row)
    started.video.send({ type: 'video.remove' })
    await (await started.removeVideo.next()).resolve({ outcome: 'removed' })
    return started
  },
  restoring: async () => {
    const started = startVideo(row)
    started.video.send({ type: 'video.restore' })
    await started.restoreVideo.next()
    return started
  },
}

describe.each(Object.entries(linkStates))('while %s', (_name, start) => {
  test('an editor opens and closes without a word to the link', async () => {
    const { video, state, linkVideo, removeVideo, restoreVideo } = await start()
    const { link } = state()
    const signals = [linkVideo, removeVideo, restoreVideo].flatMap(({ calls }) =>
      calls.map(({ signal }) => signal),
    )
    video.send({ type: 'video.edit', base })
    expect(state()).toEqual({ link, filename: 'editing' })
    video.send({ type: 'video.cancel' })
    expect(state()).toEqual({ link, filename: 'viewing' })
    expect(signals.filter(({ aborted }) => aborted)).toEqual([])
  })

  test('a saved name is kept, and sent only to a linked video', async () => {
    const started = await start()
    const { link } = started.state()
    rename(started, 'Mine.mp4')
    expect(started.context().pendingFilename).toBe('Mine.mp4')
    expect(started.state()).toEqual({
      link,
      filename: { queued: link === 'linked' ? 'waitingForConnection' : 'waitingForLink' },
    })
    expect(started.saveFilename.calls).toEqual([])
  })
})

describe('a name saved before the link is confirmed', () => {
  test('is sent after it, over the name that was linked', async () => {
    const started = startVideo(pick)
    const { linkVideo, saveFilename, state, context } = started
    const link = await linkVideo.next()
    rename(started, 'Mine.mp4', { filename: pick.filename, version: 0 })
    await link.resolve(confirmed(pick.filename, 1))

    const save = await saveFilename.next()
    expect(state()).toEqual({ link: 'linked', filename: 'saving' })
    expect(save.input).toEqual({
      id: 'video-1',
      chapterId: 'chapter-1',
      filename: 'Mine.mp4',
      base: { filename: pick.filename, version: 1 },
      unconfirmed: ['Mine.mp4'],
    })

    await save.resolve(confirmed('Mine.mp4', 2, 9))
    expect(state()).toEqual({ link: 'linked', filename: 'viewing' })
    expect(context()).toMatchObject({
      filename: 'Mine.mp4',
      version: 2,
      confirmedAt: 9,
      pendingFilename: null,
      unconfirmed: [],
    })
  })

  test('is sent over the name that was linked also where the server has another by then', async () => {
    const started = startVideo(pick)
    const link = await started.linkVideo.next()
    rename(started, 'Mine.mp4', { filename: pick.filename, version: 0 })
    await link.resolve(confirmed('Theirs.mp4', 2))
    expect((await started.saveFilename.next()).input).toEqual({
      id: pick.id,
      chapterId: pick.chapterId,
      filename: 'Mine.mp4',
      base: { filename: pick.filename, version: 1 },
      unconfirmed: ['Mine.mp4'],
    })
  })

  test('survives the link’s failure and its retry, whose content stays the same', async () => {
    const started = startVideo(pick)
    const { video, linkVideo, saveFilename, state, context } = started
    const first = await linkVideo.next()
    rename(started, 'Mine.mp4', { filename: pick.filename, version: 0 })
    await first.resolve(refused('No room'))
    expect(state()).toEqual({ link: 'failed', filename: { queued: 'waitingForLink' } })
    expect(context().pendingFilename).toBe('Mine.mp4')

    video.send({ type: 'video.retry' })
    const second = await linkVideo.next()
    expect(second.input).toEqual(first.input)
    await second.resolve(confirmed(pick.filename, 1))
    expect((await saveFilename.next()).input.filename).toBe('Mine.mp4')
  })

  test('gives way to a later one: only the latest is sent', async () => {
    const started = startVideo(pick)
    const { linkVideo, saveFilename } = started
    const link = await linkVideo.next()
    rename(started, 'First.mp4', { filename: pick.filename, version: 0 })
    rename(started, 'Second.mp4', { filename: pick.filename, version: 0 })
    await link.resolve(confirmed(pick.filename, 1))
    expect((await saveFilename.next()).input).toMatchObject({
      filename: 'Second.mp4',
      unconfirmed: ['Second.mp4'],
    })
    expect(saveFilename.calls).toHaveLength(1)
  })

  test('is what a cancelled edit falls back to', async () => {
    const started = startVideo(pick)
    const { video, linkVideo, state, context } = started
    await linkVideo.next()
    rename(started, 'Mine.mp4', { filename: pick.filename, version: 0 })
    video.send({ type: 'video.edit', base: { filename: pick.filename, version: 0 } })
    video.send({ type: 'video.cancel' })
    expect(state().filename).toEqual({ queued: 'waitingForLink' })
    expect(context().pendingFilename).toBe('Mine.mp4')
  })

  test('waits in an open editor while its link is confirmed', async () => {
    const { video, linkVideo, saveFilename, state } = startVideo(pick)
    const link = await linkVideo.next()
    video.send({ type: 'video.edit', base: { filename: pick.filename, version: 0 } })
    await link.resolve(confirmed(pick.filename, 1))
    expect(state()).toEqual({ link: 'linked', filename: 'editing' })

    video.send({ type: 'video.rename', filename: 'Mine.mp4' })
    expect((await saveFilename.next()).input.base).toEqual({ filename: pick.filename, version: 1 })
  })
})

describe('saving', () => {
  test('a name typed over one that waits goes over what that one was typed over', async () => {
    const started = startVideo(row, { isOnline: false })
    rename(started, 'Mine.mp4')
    rename(started, 'Mine again.mp4', { filename: 'Theirs.mp4', version: row.version + 1 })
    await started.connection.regain()
    expect((await started.saveFilename.next()).input).toMatchObject({
      filename: 'Mine again.mp4',
      base,
    })
  })

  test('waits for a connection', async () => {
    const started = startVideo(row, { isOnline: false })
    rename(started, 'Mine.mp4')
    expect(started.state().filename).toEqual({ queued: 'waitingForConnection' })
    await started.connection.regain()
    expect((await started.saveFilename.next()).input.filename).toBe('Mine.mp4')
  })

  test('keeps the name when the wait for a connection breaks', async () => {
    const started = startVideo(row, { isOnline: false })
    rename(started, 'Mine.mp4')
    await started.connection.breakWaits(cut)
    expect(started.state().filename).toBe('unsaved')
    expect(started.context().pendingFilename).toBe('Mine.mp4')
  })

  test('is aborted by a new edit, and remembers that its name may have arrived', async () => {
    const started = startVideo(row)
    const { video, saveFilename, state } = started
    rename(started, 'First.mp4')
    const first = await saveFilename.next()
    video.send({ type: 'video.edit', base: { filename: 'Later.mp4', version: 9 } })
    expect(state().filename).toBe('editing')
    expect(first.signal.aborted).toBe(true)

    video.send({ type: 'video.rename', filename: 'Second.mp4' })
    const second = await saveFilename.next()
    expect(second.input).toMatchObject({
      filename: 'Second.mp4',
      base,
      unconfirmed: ['First.mp4', 'Second.mp4'],
    })
    await second.resolve(confirmed('Second.mp4', 4))
    expect(state().filename).toBe('viewing')
  })

  test('sends the name again when the edit over it is cancelled', async () => {
    const started = startVideo(row)
    rename(started, 'Mine.mp4')
    await started.saveFilename.next()
    started.video.send({ type: 'video.edit', base })
    started.video.send({ type: 'video.cancel' })
    expect((await started.saveFilename.next()).input).toMatchObject({
      filename: 'Mine.mp4',
      base,
      unconfirmed: ['Mine.mp4'],
    })
  })

  test.each(['saving', 'waiting for the connection'])(
    'is kept through a removal and its undo, when %s',
    async (moment) => {
      const started = startVideo(row)
      const { video, connection, saveFilename, removeVideo, restoreVideo, state } = started
      if (moment === 'waiting for the connection') connection.lose()
      rename(started, 'Mine.mp4')
      if (moment === 'saving') await saveFilename.next()
      video.send({ type: 'video.remove' })
      expect(state().filename).toEqual({ queued: 'waitingForLink' })
      await connection.regain()

      await (await removeVideo.next()).resolve({ outcome: 'removed' })
      video.send({ type: 'video.restore' })
      await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
      expect((await saveFilename.next()).input).toMatchObject({ filename: 'Mine.mp4', base })
    },
  )
})

describe('a conflict', () => {
  const theirs = { filename: 'Theirs.mp4', version: 8 }

  async function startConflict() {
    const started = startVideo(row)
    rename(started, 'Mine.mp4')
    await (await started.saveFilename.next()).resolve({ outcome: 'conflict', theirs })
    return started
  }

  test('keeps both names', async () => {
    const { state, context } = await startConflict()
    expect(state().filename).toBe('conflict')
    expect(context()).toMatchObject({ pendingFilename: 'Mine.mp4', theirs })
  })

  test('is decided for mine by saving it over theirs', async () => {
    const { video, saveFilename, state, context } = await startConflict()
    video.send({ type: 'rename.keepMine' })
    const save = await saveFilename.next()
    expect(save.input).toMatchObject({ filename: 'Mine.mp4', base: theirs })
    await save.resolve(confirmed('Mine.mp4', 9))
    expect(state().filename).toBe('viewing')
    expect(context()).toMatchObject({ filename: 'Mine.mp4', pendingFilename: null, theirs: null })
  })

  test('is decided for theirs by giving mine up', async () => {
    const { video, saveFilename, state, context } = await startConflict()
    video.send({ type: 'rename.takeTheirs' })
    expect(state().filename).toBe('viewing')
    expect(context()).toMatchObject({ pendingFilename: null, unconfirmed: [], theirs: null })
    expect(saveFilename.calls).toHaveLength(1)
  })

  test('is asked about again when the own name was only edited', async () => {
    const { video, saveFilename, state } = await startConflict()
    video.send({ type: 'video.edit', base: theirs })
    expect(state().filename).toBe('editing')
    video.send({ type: 'video.rename', filename: 'Mine too.mp4' })
    expect((await saveFilename.next()).input).toMatchObject({ filename: 'Mine too.mp4', base })
  })
})

describe('a name that could not be saved', () => {
  test('is kept with the reason of a refusal', async () => {
    const started = startVideo(row)
    rename(started, 'Mine.mp4')
    const refusal = refused('Not allowed')
    await (await started.saveFilename.next()).resolve(refusal)
    expect(started.state().filename).toBe('unsaved')
    expect(started.context()).toMatchObject({
      pendingFilename: 'Mine.mp4',
      renameProblem: refusal.problem,
    })
  })

  test('is kept when no answer comes, or not in time', async () => {
    const unanswered = startVideo(row)
    rename(unanswered, 'Mine.mp4')
    await (await unanswered.saveFilename.next()).reject(cut)
    expect(unanswered.state().filename).toBe('unsaved')

    const late = startVideo(row)
    rename(late, 'Mine.mp4')
    const { signal } = await late.saveFilename.next()
    late.clock.increment(30_000)
    expect(signal.aborted).toBe(true)
    expect(late.state().filename).toBe('unsaved')
    expect(late.context()).toMatchObject({ pendingFilename: 'Mine.mp4', renameProblem: null })
  })

  test('can be sent again, given up or edited', async () => {
    const started = startVideo(row)
    const { video, saveFilename, state, context } = started
    rename(started, 'Mine.mp4')
    await (await saveFilename.next()).resolve(refused('Not allowed'))

    video.send({ type: 'rename.retry' })
    const again = await saveFilename.next()
    expect(context().renameProblem).toBeNull()
    await again.reject(cut)
    video.send({ type: 'video.edit', base })
    expect(state().filename).toBe('editing')
    video.send({ type: 'video.rename', filename: 'Other.mp4' })
    await (await saveFilename.next()).reject(cut)

    video.send({ type: 'rename.discard' })
    expect(state().filename).toBe('viewing')
    expect(context()).toMatchObject({ pendingFilename: null, unconfirmed: [], theirs: null })
  })

  test('is kept through a removal and its undo', async () => {
    const started = startVideo(row)
    const { video, saveFilename, removeVideo, restoreVideo, state, context } = started
    rename(started, 'Mine.mp4')
    await (await saveFilename.next()).reject(cut)
    video.send({ type: 'video.remove' })
    await (await removeVideo.next()).resolve({ outcome: 'removed' })
    video.send({ type: 'video.restore' })
    await (await restoreVideo.next()).resolve(confirmed(row.filename, 4))
    expect(state()).toEqual({ link: 'linked', filename: 'unsaved' })
    expect(context().pendingFilename).toBe('Mine.mp4')
  })
})
