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

function createStream(...parts: string[]) {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(encoder.encode(part))
      controller.close()
    },
  })
}

const readAll = async (...parts: string[]) => {
  const batches: unknown[] = []
  for await (const events of readEvents(createStream(...parts))) batches.push(events)
  return batches
}

test('reads events that arrive together in one batch, and a split event once it is complete', async () => {
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

test('reads presence without a sequence number, and skips malformed presence', async () => {
  const presence = { page: id, ids: [id] }
  expect(await readAll(event('editing', presence), event('editing', { page: id }))).toEqual([
    [{ name: 'editing', presence }],
    [],
  ])
})

test('ignores comments and unknown events', async () => {
  const others = [':\n\n', 'data: {\n\n', event('news', { sequence: 1 }), event('change', {})]
  expect(await readAll(...others)).toEqual([[], [], [], []])
  expect(await readAll('<html>')).toEqual([[]])
})

test('accepts a row with values that only a newer server allows', async () => {
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
