import { expect, test } from 'vitest'
import { readEvents } from '#client/lib/live/read-events.ts'

const id = '0193a0f0-0000-7000-8000-000000000001'

const change = {
  sequence: 7,
  entity: 'video',
  id,
  courseId: id,
  kind: 'removed',
  version: 2,
  row: null,
  page: null,
  changedAt: '2026-01-01T00:00:00.000Z',
}

const event = (name: string, data: object) =>
  `id: 7\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`

function streamOf(...parts: string[]) {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part))
      controller.close()
    },
  })
}

const readAll = async (...parts: string[]) => {
  const read: unknown[] = []
  for await (const events of readEvents(streamOf(...parts))) read.push(events)
  return read
}

test('events that come together are read together, those that are cut when they are whole', async () => {
  const text = event('start', { sequence: 6 }) + event('change', change)
  expect(await readAll(text.slice(0, 90), text.slice(90))).toEqual([
    [{ name: 'start', sequence: 6 }],
    [{ name: 'change', sequence: 7, change }],
  ])
  expect(await readAll(text)).toEqual([
    [
      { name: 'start', sequence: 6 },
      { name: 'change', sequence: 7, change },
    ],
  ])
})

test('what is being edited has no place among the changes', async () => {
  const presence = { page: id, ids: [id] }
  expect(await readAll(event('editing', presence), event('editing', { page: id }))).toEqual([
    [{ name: 'editing', presence }],
    [],
  ])
})

test('a comment and what is not Lectern’s are no events', async () => {
  const others = [':\n\n', 'data: {\n\n', event('news', { sequence: 1 }), event('change', {})]
  expect(await readAll(...others)).toEqual([[], [], [], []])
  expect(await readAll('<html>')).toEqual([[]])
})

test('a row may have what only a newer server allows', async () => {
  const row = {
    id,
    chapterId: id,
    mediaId: id,
    filename: 'a'.repeat(1_000),
    position: 'a0',
    version: 2,
    revision: 2,
    durationSeconds: 12,
    rating: 5,
  }
  const renamed = { ...change, kind: 'changed', row }
  expect(await readAll(event('change', renamed))).toEqual([
    [{ name: 'change', sequence: 7, change: renamed }],
  ])
})
