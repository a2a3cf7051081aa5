import { describe, expect, test } from 'vitest'
import { type ActorRefFrom, createActor, fromCallback, SimulatedClock, setup } from 'xstate'
import { computeBackoff } from '#machines/backoff.ts'
import {
  type FileEvent,
  type SendFileInput,
  type UploadChildEvent,
  type UploadEvent,
  type UploadInput,
  type UploadReport,
  type UploadStatus,
  uploadMachine,
} from '#machines/upload.machine.ts'
import { fakeEffect, followMainPath } from './fake-effects.ts'

const file: UploadInput = { id: 'file-1', filename: 'Lesson 1.mp4', sizeBytes: 1_000 }

const tooLarge = {
  type: '/problems/file-too-large',
  title: 'The file is too large',
  status: 413,
  detail: 'The file is larger than 10 GB.',
}

/** @param failures how many tries to send the file fail at once */
function startUpload(input: UploadInput = file, { failures = 0 } = {}) {
  const sent: (SendFileInput & { isStopped: boolean })[] = []
  const connection = fakeEffect<void, { attempt: number }>()
  const cancel = fakeEffect<void, { id: string }>()
  const clock = new SimulatedClock()
  const reports: UploadReport[] = []
  const machine = uploadMachine.provide({
    actors: {
      sendFile: fromCallback<UploadEvent, SendFileInput>(({ input }) => {
        const call = { ...input, isStopped: false }
        sent.push(call)
        if (sent.length <= failures) throw new Error('The file can’t be read')
        return () => {
          call.isStopped = true
        }
      }),
      connectionReady: connection.actor,
      cancelUpload: cancel.actor,
    },
  })
  const queue = setup({
    types: { events: {} as UploadChildEvent, children: {} as Record<string, 'upload'> },
    actors: { upload: machine },
    actions: { note: ({ event }) => reports.push(event.upload) },
  }).createMachine({
    invoke: { id: input.id, src: 'upload', input },
    on: { '*': { actions: 'note' } },
  })
  const root = createActor(queue, { clock }).start()
  const upload = root.getSnapshot().children[input.id] as ActorRefFrom<typeof uploadMachine>
  return {
    sent,
    connection,
    cancel,
    clock,
    send: (...events: (UploadEvent | FileEvent)[]) => {
      for (const event of events) upload.send(event)
    },
    upload,
    value: () => upload.getSnapshot().value,
    tags: () => [...upload.getSnapshot().tags],
    context: () => upload.getSnapshot().context,
    reported: () => reports.at(-1),
    statuses: () => reports.map(({ status }) => status),
  }
}

const start = { type: 'upload.start' } as const
const interrupted = { type: 'file.interrupted', failure: null } as const
const progress = (sentBytes: number, at: number): FileEvent => ({
  type: 'file.progressed',
  sentBytes,
  at,
})

/** The events that bring an upload to each status. */
const eventsTo: Record<UploadStatus, (UploadEvent | FileEvent)[]> = {
  queued: [],
  uploading: [start],
  processing: [start, progress(1_000, 0)],
  waiting: [start, interrupted],
  paused: [{ type: 'upload.pause' }],
  missing: [start, { type: 'file.missing' }],
  ready: [start, { type: 'file.received' }],
  failed: [start, { type: 'file.refused', problem: tooLarge }],
  cancelled: [{ type: 'upload.cancel' }],
}

const commands = ['start', 'pause', 'resume', 'cancel', 'retry', 'attach'] as const

/** The status that each command leads to; all others leave it as it is. */
const statusAfter: Record<
  UploadStatus,
  Partial<Record<(typeof commands)[number], UploadStatus>>
> = {
  queued: { start: 'uploading', pause: 'paused', cancel: 'cancelled' },
  uploading: { pause: 'paused', cancel: 'cancelled' },
  processing: { pause: 'paused', cancel: 'cancelled' },
  waiting: { retry: 'uploading', pause: 'paused', cancel: 'cancelled' },
  paused: { resume: 'queued', cancel: 'cancelled' },
  missing: { attach: 'queued', cancel: 'cancelled' },
  ready: {},
  failed: { retry: 'queued', cancel: 'cancelled' },
  cancelled: {},
}

describe.each(Object.keys(eventsTo) as UploadStatus[])('an upload that is %s', (status) => {
  test('has that tag and reports that status', () => {
    const { send, tags, reported } = startUpload()
    send(...eventsTo[status])
    expect(tags()).toEqual([status])
    expect(reported()?.status ?? 'queued').toBe(status)
  })

  test.each(
    commands.map((command) => [statusAfter[status][command] ?? 'the same', command] as const),
  )('is %s after the command to %s', (next, command) => {
    const { send, tags, statuses } = startUpload()
    send(...eventsTo[status])
    const before = statuses()
    send({ type: `upload.${command}` })
    const isSame = next === 'the same'
    expect(tags()).toEqual([isSame ? status : next])
    expect(statuses()).toEqual(isSame ? before : [...before, next])
  })
})

test('goes straight from the queue to the library', () => {
  const { send, sent, statuses, value, reported } = startUpload()
  expect(value()).toBe('queued')
  send(start, progress(400, 0), progress(1_000, 100), { type: 'file.received' })
  expect(statuses()).toEqual(['uploading', 'uploading', 'uploading', 'processing', 'ready'])
  expect(sent).toEqual([{ ...file, mayBeKnown: false, isStopped: true }])
  expect(reported()).toEqual({
    ...file,
    sentBytes: 1_000,
    bytesPerSecond: 6_000,
    status: 'ready',
    problem: null,
    failure: null,
  })
})

test('reports why it was interrupted, unless it was for lack of a response', () => {
  const { send, reported } = startUpload()
  send(start, { type: 'file.interrupted', failure: 'The server is busy.' })
  expect(reported()).toMatchObject({ status: 'waiting', failure: 'The server is busy.' })
  send({ type: 'upload.retry' }, interrupted)
  expect(reported()).toMatchObject({ status: 'waiting', failure: null })
})

test('follows the main path of its chart if nothing interferes', () => {
  const { upload, send } = startUpload()
  const mainPath = followMainPath(upload)
  send(start, progress(1_000, 0), { type: 'file.received' })
  expect(mainPath()).toEqual(['upload.queued', 'upload.sending', 'upload.ready'])
})

test('averages its speed over the last seconds, and not over a pause', () => {
  const { send, context } = startUpload({ ...file, sizeBytes: 10_000 })
  send(start, progress(5_000, 0))
  expect(context().bytesPerSecond).toBeNull()
  send(progress(5_100, 1_000))
  expect(context().bytesPerSecond).toBe(100)
  send(progress(5_300, 2_000))
  expect(context().bytesPerSecond).toBeCloseTo(130)
  send({ type: 'upload.pause' })
  expect(context()).toMatchObject({ sentBytes: 5_300, bytesPerSecond: null })
  send({ type: 'upload.resume' }, start, progress(5_300, 90_000), progress(5_400, 91_000))
  expect(context().bytesPerSecond).toBe(100)
})

test.each<[string, FileEvent, number | null]>([
  ['lower than before', progress(200, 1_000), 0],
  ['reported at the same moment', progress(600, 0), null],
  ['reported with an earlier time', progress(600, -1_000), null],
])('computes no wrong speed from progress that was %s', (_, event, speed) => {
  const { send, context } = startUpload()
  send(start, progress(400, 0), event)
  expect(context().bytesPerSecond).toBe(speed)
})

test.each<[UploadStatus, UploadEvent | FileEvent]>([
  ['waiting', interrupted],
  ['paused', { type: 'upload.pause' }],
  ['missing', { type: 'file.missing' }],
  ['failed', { type: 'file.refused', problem: tooLarge }],
  ['cancelled', { type: 'upload.cancel' }],
])('has no speed while it is %s', (status, event) => {
  const { send, context, reported } = startUpload()
  send(start, progress(100, 0), progress(200, 1_000))
  expect(context().bytesPerSecond).toBe(100)
  send(event)
  expect(reported()).toMatchObject({ status, bytesPerSecond: null })
})

test('is retried after a cut, with a longer delay each time, and the first delay after progress', async () => {
  const { send, value, clock, connection, sent, context } = startUpload()
  send(start, interrupted)
  expect(value()).toEqual({ waiting: 'backingOff' })
  clock.increment(computeBackoff(1) - 1)
  expect(value()).toEqual({ waiting: 'backingOff' })
  clock.increment(1)
  expect(value()).toEqual({ waiting: 'reconnecting' })
  const wait = await connection.next()
  expect(wait.input).toEqual({ attempt: 1 })
  await wait.resolve()
  expect(value()).toEqual({ sending: 'uploading' })
  send(interrupted)
  clock.increment(computeBackoff(1))
  expect(value()).toEqual({ waiting: 'backingOff' })
  clock.increment(computeBackoff(2) - computeBackoff(1))
  await (await connection.next()).reject(new Error('The connection can’t be told'))
  send(progress(10, 0))
  expect(context().attempt).toBe(0)
  expect(sent.map(({ mayBeKnown, isStopped }) => [mayBeKnown, isStopped])).toEqual([
    [false, true],
    [true, true],
    [true, false],
  ])
})

test('waits longer each time while the server keeps refusing to store more', () => {
  const { send, context } = startUpload()
  send(start, progress(0, 0), progress(400, 1_000), interrupted, { type: 'upload.retry' })
  send(progress(0, 2_000), progress(400, 3_000), interrupted)
  expect(context().attempt).toBe(2)
  send({ type: 'upload.retry' }, progress(400, 4_000), interrupted)
  expect(context().attempt).toBe(1)
})

test('is retried if its file can’t be sent', () => {
  const { send, tags } = startUpload(file, { failures: 1 })
  send(start)
  expect(tags()).toEqual(['waiting'])
  send({ type: 'upload.retry' })
  expect(tags()).toEqual(['uploading'])
})

test.each<[string, ...UploadEvent[]]>([
  ['resumed', { type: 'upload.pause' }, { type: 'upload.resume' }],
  ['cancelled and retried', { type: 'upload.cancel' }, { type: 'upload.retry' }],
])('starts with its first delay again after being %s', async (_, stop, again) => {
  const { send, value, clock, cancel } = startUpload()
  send(start, interrupted, { type: 'upload.retry' }, interrupted, stop)
  if (stop.type === 'upload.cancel') await (await cancel.next()).resolve()
  send(again, start, interrupted)
  clock.increment(computeBackoff(1))
  expect(value()).toEqual({ waiting: 'reconnecting' })
})

test('is retried at once on request', () => {
  const { send, value } = startUpload()
  send(start, interrupted, { type: 'upload.retry' })
  expect(value()).toEqual({ sending: 'uploading' })
})

test('stops sending while paused, and queues again when resumed', () => {
  const { send, value, sent } = startUpload()
  send(start, progress(400, 0), { type: 'upload.pause' })
  expect([value(), sent[0]?.isStopped]).toEqual(['paused', true])
  send({ type: 'upload.resume' })
  expect(value()).toBe('queued')
  send({ type: 'upload.pause' }, start)
  expect(value()).toBe('paused')
})

test('keeps the reason of a refusal until it is retried', () => {
  const { send, value, reported } = startUpload()
  send(start, { type: 'file.refused', problem: tooLarge })
  expect(reported()).toMatchObject({ status: 'failed', problem: tooLarge })
  send({ type: 'upload.retry' })
  expect([value(), reported()?.problem]).toEqual(['queued', null])
})

test('does not send a file that is known to be refused', () => {
  const { sent, reported } = startUpload({ ...file, problem: tooLarge })
  expect(reported()).toMatchObject({ status: 'failed', problem: tooLarge })
  expect(sent).toEqual([])
})

test('asks for its file if the browser can’t provide it again', () => {
  const { send, value, reported } = startUpload({ ...file, isBegun: true })
  send(start, { type: 'file.missing' })
  expect(reported()?.status).toBe('missing')
  send({ type: 'upload.attach' })
  expect(value()).toBe('queued')
})

test('is removed from the server when cancelled, and starts over when retried', async () => {
  const { send, value, context, cancel, statuses } = startUpload()
  send(start, progress(400, 0), { type: 'upload.cancel' })
  expect(value()).toBe('cancelling')
  send({ type: 'upload.cancel' }, { type: 'upload.retry' })
  const call = await cancel.next()
  expect(call.input).toEqual({ id: 'file-1' })
  await call.resolve()
  expect(value()).toBe('cancelled')
  expect(context()).toMatchObject({ isBegun: false, sentBytes: 0 })
  send({ type: 'upload.retry' })
  expect(value()).toBe('queued')
  expect(statuses().slice(-2)).toEqual(['cancelled', 'queued'])
  expect(cancel.calls).toHaveLength(1)
})

test('is cancelled even if the server can’t be reached', async () => {
  const { send, value, tags, cancel } = startUpload()
  send({ type: 'upload.cancel' })
  await (await cancel.next()).reject(new Error('cut'))
  expect([value(), tags()]).toEqual(['cancelled', ['cancelled']])
})

test('can’t be cancelled once it is in the library', () => {
  const { send, value } = startUpload()
  send(start, { type: 'file.received' }, { type: 'upload.cancel' })
  expect(value()).toBe('ready')
})
