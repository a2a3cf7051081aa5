import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Change } from '#contract/changes.ts'
import { createApp } from '#server/app.ts'
import { createEventStreams } from '#server/features/events/event-stream.ts'
import { readEvents } from '../support/event-reader.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const follow = async (server: TestServer, query = '', headers: Record<string, string> = {}) =>
  readEvents(await server.send(`GET /api/events${query}`, { headers }))

/** Creates courses with these titles and returns the sequence numbers of the changes. */
async function createCourses(server: TestServer, ...titles: string[]): Promise<number[]> {
  const stream = await follow(server)
  await stream.next()
  for (const title of titles) await server.send('POST /api/courses', { body: { title } })
  const changes = await stream.changes<Change>(titles.length)
  await stream.stop()
  return changes.map(({ sequence }) => sequence)
}

const readTitle = ({ row }: Change) => row && 'title' in row && row.title

describe('a stream of events', () => {
  test('starts with the newest sequence number and reports each change as it is made', async ({
    server,
  }) => {
    const [first] = await createCourses(server, 'Before')
    const stream = await follow(server)
    expect(await stream.next()).toEqual({ id: first, name: 'start', data: { sequence: first } })
    const answer = await server.send('POST /api/courses', { body: { title: 'After' } })
    const row = await answer.json()
    const event = await stream.next()
    expect(event).toEqual({
      id: event?.data.sequence,
      name: 'change',
      data: {
        sequence: event?.id,
        entity: 'course',
        id: row.id,
        courseId: row.id,
        kind: 'created',
        version: 1,
        row,
        page: null,
        changedAt: expect.any(String),
      },
    })
    await stream.stop()
  })

  test('starts at 0 when nothing has changed yet', async ({ server }) => {
    const stream = await follow(server)
    expect(await stream.next()).toEqual({ id: 0, name: 'start', data: { sequence: 0 } })
    await server.send('POST /api/courses', { body: { title: 'One' } })
    expect((await stream.changes<Change>(1)).map(readTitle)).toEqual(['One'])
    await stream.stop()
  })

  test('resumes after a given number, in pages', async ({ server }) => {
    const titles = Array.from({ length: 250 }, (_, index) => `Course ${index}`)
    const [first] = await createCourses(server, ...titles)
    const stream = await follow(server, `?after=${first}`)
    expect(await stream.next()).toEqual({ id: first, name: 'start', data: { sequence: first } })
    expect((await stream.changes<Change>(249)).map(readTitle)).toEqual(titles.slice(1))
    await stream.stop()
  })

  test('resumes after the last event that a browser received', async ({ server }) => {
    const [first, second] = await createCourses(server, 'One', 'Two', 'Three')
    const stream = await follow(server, `?after=${first}`, { 'last-event-id': `${second}` })
    expect((await stream.changes<Change>(1)).map(readTitle)).toEqual(['Three'])
    await stream.stop()
  })

  test('is reset when the log has no changes since a number', async ({ server }) => {
    const [first, second, third = 0] = await createCourses(server, 'One', 'Two', 'Three')
    await server.database.execute(sql`DELETE FROM change_log WHERE sequence = ${first}`)
    for (const after of [first, 0, third + 1, 999_999_999_999_999]) {
      const stream = await follow(server, `?after=${after}`)
      expect(await stream.next()).toEqual({ id: third, name: 'reset', data: { sequence: third } })
      await server.send('POST /api/courses', { body: { title: 'Later' } })
      const [later] = await stream.changes<Change>(1)
      expect(later && readTitle(later)).toBe('Later')
      await stream.stop()
      await server.database.execute(sql`DELETE FROM change_log WHERE sequence > ${third}`)
    }
    const stream = await follow(server, `?after=${second}`)
    expect((await stream.next())?.name).toBe('start')
    await stream.stop()
  })

  test('is reset for a reader that paused for too long', async ({ server }) => {
    await createCourses(server, 'One')
    // A server of its own, which has not already read the deleted changes for other streams.
    const stream = readEvents(await createApp(server.dependencies).request('/api/events'))
    await stream.next()
    const [, last] = await createCourses(server, 'Two', 'Three')
    await server.database.execute(sql`DELETE FROM change_log WHERE sequence < ${last}`)
    expect(await stream.next()).toEqual({ id: last, name: 'reset', data: { sequence: last } })
    await stream.stop()
  })

  test.for([
    ['?after=-1', {}],
    ['?after=x', {}],
    ['?after=', {}],
    ['?after=1.5', {}],
    ['?after=1234567890123456', {}],
    ['', { 'last-event-id': 'x' }],
  ] as const)('is refused for %s %o', async ([query, headers], { server }) => {
    const answer = await server.send(`GET /api/events${query}`, { headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json',
    ])
    expect(await answer.json()).toMatchObject({
      type: '/problems/invalid-request',
      errors: [{ message: 'Use the number of a change, such as 17' }],
    })
  })

  test('passes through proxies unbuffered and unchanged', async ({ server }) => {
    const answer = await server.send('GET /api/events')
    const names = ['content-type', 'cache-control', 'x-accel-buffering']
    expect(names.map((name) => answer.headers.get(name))).toEqual([
      'text/event-stream',
      'no-store, no-transform',
      'no',
    ])
    await answer.body?.cancel()
  })

  test('is logged as a request when it starts, not when it ends', async ({ server }) => {
    const stream = await follow(server)
    await stream.next()
    expect(server.logged).toMatchObject([{ fields: { path: '/api/events', status: 200 } }])
    await stream.stop()
    expect(server.logged).toHaveLength(1)
  })

  test('reports what another server on the same database has changed', async ({ server }) => {
    const other = createApp(server.dependencies)
    const streams = await Promise.all(
      [server.app, other].map(async (app) => readEvents(await app.request('/api/events'))),
    )
    for (const stream of streams) await stream.next()
    const create = (app: typeof other, title: string) =>
      app.request('/api/courses', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title }),
      })
    await create(other, 'There')
    await create(server.app, 'Here')
    for (const stream of streams) {
      expect((await stream.changes<Change>(2)).map(readTitle)).toEqual(['There', 'Here'])
      await stream.stop()
    }
  })

  test('ends when its request is aborted, and when the server stops', async ({ server }) => {
    const stopping = new AbortController()
    const app = createApp({ ...server.dependencies, stopping: stopping.signal })
    const request = new AbortController()
    const aborted = readEvents(await app.request('/api/events', { signal: request.signal }))
    const stopped = readEvents(await app.request('/api/events'))
    for (const stream of [aborted, stopped]) await stream.next()
    request.abort()
    expect(await aborted.next()).toBeUndefined()
    stopping.abort()
    expect(await stopped.next()).toBeUndefined()
    const late = readEvents(await app.request('/api/events'))
    expect([(await late.next())?.name, await late.next()]).toEqual(['start', undefined])
  })

  test('reads each change once for all streams at the same place', async ({ server }) => {
    const streams = await Promise.all(Array.from({ length: 5 }, () => follow(server)))
    for (const stream of streams) await stream.next()
    const [last = 0] = await createCourses(server, 'One')
    await server.database.execute(sql`UPDATE change_log SET kind = 'unread'`)
    for (const stream of streams) {
      const [change] = await stream.changes<Change>(1)
      expect(change).toMatchObject({ sequence: last, kind: 'created' })
      await stream.stop()
    }
  })

  test('misses none of many concurrent changes', async ({ server }) => {
    const stream = await follow(server)
    await stream.next()
    const titles = Array.from({ length: 40 }, (_, index) => `Course ${index}`)
    await Promise.all(titles.map((title) => server.send('POST /api/courses', { body: { title } })))
    const changes = await stream.changes<Change>(titles.length)
    expect(changes.map(readTitle).sort()).toEqual(titles.sort())
    const sequences = changes.map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
    await stream.stop()
  })
})

describe('a stream that is cancelled while its source is slow', () => {
  test('ends its source', async () => {
    let isEnded = false
    const answer = createEventStreams(undefined)
    const { body } = answer(new AbortController().signal, async function* () {
      try {
        yield [{}]
        await new Promise(() => {})
      } finally {
        isEnded = true
      }
    })
    const reader = body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(isEnded).toBe(true)
  })
})
