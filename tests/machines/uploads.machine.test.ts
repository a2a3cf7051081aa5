import { expect, test } from 'vitest'
import { createActor, fromCallback, fromPromise } from 'xstate'
import {
  describeUpload,
  type FileEvent,
  initialUpload,
  type SendFileInput,
  type UploadEvent,
  uploadMachine,
} from '#machines/upload.machine.ts'
import { uploadsMachine } from '#machines/uploads.machine.ts'

const file = (id: string) => ({ id, filename: `${id}.mp4`, sizeBytes: 10 })

function openUploads() {
  const started: string[] = []
  const upload = uploadMachine.provide({
    actors: {
      sendFile: fromCallback<UploadEvent, SendFileInput>(({ input }) => {
        started.push(input.id)
      }),
      connectionReady: fromPromise(async () => {}),
      cancelUpload: fromPromise(async () => {}),
    },
  })
  const uploads = createActor(uploadsMachine.provide({ actors: { upload } })).start()
  return {
    uploads,
    started,
    add: (ids: string[], isUrgent = false) =>
      uploads.send({ type: 'uploads.add', uploads: ids.map(file), isUrgent }),
    dispatch: (id: string, event: UploadEvent) =>
      uploads.send({ type: 'upload.dispatch', id, event }),
    report: (id: string, event: FileEvent) => uploads.getSnapshot().children[id]?.send(event),
    statuses: () =>
      Object.values(uploads.getSnapshot().context.uploads).map(({ id, status }) => [id, status]),
  }
}

const received = { type: 'file.received' } as const

test('runs three at a time, in the order in which they were added', () => {
  const { add, started, report, statuses } = openUploads()
  add(['a', 'b', 'c', 'd', 'e'])
  expect(started).toEqual(['a', 'b', 'c'])
  report('b', received)
  expect(started).toEqual(['a', 'b', 'c', 'd'])
  expect(statuses()).toEqual([
    ['a', 'uploading'],
    ['b', 'ready'],
    ['c', 'uploading'],
    ['d', 'uploading'],
    ['e', 'queued'],
  ])
})

test('starts those first that a chapter waits for or that a person chose', () => {
  const { uploads, add, started, report } = openUploads()
  add(['a', 'b', 'c', 'd', 'e'])
  add(['f', 'g'], true)
  uploads.send({ type: 'upload.prioritize', id: 'e' })
  for (const id of ['a', 'b', 'c', 'e', 'f']) report(id, received)
  expect(started).toEqual(['a', 'b', 'c', 'e', 'f', 'g', 'd'])
})

test('starts the one first that was hurried last, however often it was hurried', () => {
  const { uploads, add, started, report } = openUploads()
  add(['a', 'b', 'c', 'd', 'e', 'f'])
  for (const id of ['f', 'e', 'f']) uploads.send({ type: 'upload.prioritize', id })
  expect(uploads.getSnapshot().context.urgent).toEqual(['f', 'e'])
  for (const id of ['a', 'b', 'c']) report(id, received)
  expect(started).toEqual(['a', 'b', 'c', 'f', 'e', 'd'])
})

test('gives the slot of a paused, missing or cancelled upload to the next', () => {
  const { add, dispatch, report, started } = openUploads()
  add(['a', 'b', 'c', 'd', 'e', 'f'])
  dispatch('a', { type: 'upload.pause' })
  report('b', { type: 'file.missing' })
  dispatch('c', { type: 'upload.cancel' })
  expect(started).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  dispatch('a', { type: 'upload.resume' })
  expect(started).toHaveLength(6)
  report('d', received)
  expect(started.at(-1)).toBe('a')
})

test('keeps the slot of an upload that waits for its connection or that the server processes', () => {
  const { add, report, started } = openUploads()
  add(['a', 'b', 'c', 'd'])
  report('a', { type: 'file.interrupted', failure: null })
  report('b', { type: 'file.progressed', sentBytes: 10, at: 0 })
  expect(started).toEqual(['a', 'b', 'c'])
})

test('pauses and resumes all of them', () => {
  const { uploads, add, statuses, started } = openUploads()
  add(['a', 'b', 'c', 'd'])
  uploads.send({ type: 'uploads.dispatch', event: { type: 'upload.pause' } })
  expect(new Set(statuses().map(([, status]) => status))).toEqual(new Set(['paused']))
  uploads.send({ type: 'uploads.dispatch', event: { type: 'upload.resume' } })
  expect(started.slice(-3)).toEqual(['a', 'b', 'c'])
  expect(statuses().at(-1)).toEqual(['d', 'queued'])
})

test('adds no file twice', () => {
  const { uploads, add, started } = openUploads()
  add(['a'])
  const before = uploads.getSnapshot().children.a
  add(['a', 'b'])
  expect(uploads.getSnapshot().children.a).toBe(before)
  expect(started).toEqual(['a', 'b'])
})

test('clears finished uploads and keeps the rest', () => {
  const { uploads, add, report, dispatch, statuses } = openUploads()
  add(['a', 'b', 'c', 'd'], true)
  report('a', received)
  dispatch('b', { type: 'upload.cancel' })
  uploads.send({ type: 'uploads.clear' })
  expect(statuses().map(([id]) => id)).toEqual(['c', 'd'])
  const { children, context } = uploads.getSnapshot()
  expect([Object.keys(children), context.urgent]).toEqual([
    ['c', 'd'],
    ['c', 'd'],
  ])
})

test('starts no other while more than three are running', () => {
  const { add, dispatch, report, started } = openUploads()
  add(['a', 'b', 'c', 'd', 'e', 'f'])
  dispatch('d', { type: 'upload.start' })
  report('a', { type: 'file.interrupted', failure: null })
  report('b', received)
  expect(started).toEqual(['a', 'b', 'c', 'd'])
})

test('ignores events for an upload that it does not have', () => {
  const { uploads, add, dispatch, statuses } = openUploads()
  uploads.send({ type: 'upload.prioritize', id: 'nobody' })
  dispatch('nobody', { type: 'upload.pause' })
  const nobody = describeUpload(initialUpload(file('nobody')), 'ready')
  uploads.send({ type: 'upload.reported', upload: nobody })
  add(['a'])
  expect(statuses()).toEqual([['a', 'uploading']])
})
