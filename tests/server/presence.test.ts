import { describe, expect } from 'vitest'
import { presenceLifetime } from '#contract/presence.ts'
import { createApp } from '#server/app.ts'
import { delay } from '#shared/delay.ts'
import { readEvents, type StreamedEvent } from '../support/event-reader.ts'
import { createTestServer, type TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const page = '01900000-0000-7000-8000-0000000000f1'
const otherPage = '01900000-0000-7000-8000-0000000000f2'
const id = '01900000-0000-7000-8000-0000000000a1'

const report = (server: TestServer, ids: readonly unknown[], from = page) =>
  server.send(`PUT /api/pages/${from}/editing`, { body: { ids } })

const firstPage = '01900000-0000-7000-8000-0000000000f0'

/**
 * Follows the events of a server, starting when that server listens to the others. A report from
 * before is lost, so this repeats its own until it arrives.
 */
async function follow(server: TestServer, app = server.app) {
  const stream = readEvents(await app.request('/api/events'))
  expect((await stream.next())?.name).toBe('start')
  const others: StreamedEvent[] = []
  let isListening = false

  async function listen() {
    while (!isListening) {
      const event = await stream.next()
      if (!event || isFromFirstPage(event)) isListening = true
      else others.push(event)
    }
  }

  const listening = listen()
  while (!isListening) {
    await report(server, [], firstPage)
    await Promise.race([listening, delay(50, new AbortController().signal)])
  }
  return {
    stop: stream.stop,
    async next() {
      for (;;) {
        const event = others.shift() ?? (await stream.next())
        if (!event || !isFromFirstPage(event)) return event
      }
    },
  }
}

const isFromFirstPage = ({ data }: StreamedEvent) => 'page' in data && data.page === firstPage

const editing = (ids: readonly string[], from = page) => ({
  name: 'editing',
  data: { page: from, ids },
})

describe('what is being edited on a page', () => {
  test('is broadcast to all streams, including those of other servers', async ({ server }) => {
    const otherApp = createApp(server.dependencies)
    const streams = [await follow(server), await follow(server, otherApp)]
    expect((await report(server, [id])).status).toBe(204)
    for (const stream of streams) expect(await stream.next()).toEqual(editing([id]))
    await report(server, [])
    for (const stream of streams) {
      expect(await stream.next()).toEqual(editing([]))
      await stream.stop()
    }
  })

  test('comes between changes without breaking their sequence', async ({ server }) => {
    const stream = await follow(server)
    await report(server, [id])
    expect(await stream.next()).toEqual(editing([id]))
    await server.send('POST /api/courses', { body: { title: 'A course' } })
    expect(await stream.next()).toMatchObject({ id: expect.any(Number), name: 'change' })
    await stream.stop()
  })

  test('is sent to later streams until it expires', async () => {
    let now = 1_000_000
    const server = await createTestServer({ clock: { now: () => now } })
    const first = await follow(server)
    await report(server, [id])
    await first.next()
    now += presenceLifetime
    await report(server, [id], otherPage)
    await first.next()
    const second = await follow(server)
    expect([await second.next(), await second.next()]).toEqual([
      editing([id]),
      editing([id], otherPage),
    ])
    now += 1
    const third = await follow(server)
    expect(await third.next()).toEqual(editing([id], otherPage))
    for (const stream of [first, second, third]) await stream.stop()
    await server.close()
  })

  test.for([
    ['a malformed id', ['x'], 'Use a UUID'],
    ['too many ids', Array.from({ length: 101 }, () => id), 'Send at most 100 ids'],
  ] as const)('is refused with %s', async ([, ids, message], { server }) => {
    const answer = await report(server, ids)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ message }] })
  })
})
