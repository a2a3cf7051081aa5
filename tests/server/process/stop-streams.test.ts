import { expect, test } from 'vitest'
import { readEvents } from '../../support/event-reader.ts'
import { newFolder, spawnServer } from '../../support/server-process.ts'

// Grace period for in-flight requests, in ms; see `node/listen.ts`.
const gracePeriod = 2500

test('a stream of events ends at once when the server stops', async () => {
  const server = spawnServer(newFolder())
  const address = await server.address
  const stream = readEvents(await fetch(`${address}/api/events`))
  expect(await stream.next()).toMatchObject({ name: 'start' })
  const startedAt = performance.now()
  const stopped = server.end('SIGTERM')
  expect(await stream.next()).toBeUndefined()
  expect(await stopped).toMatchObject({ code: 0 })
  expect(performance.now() - startedAt).toBeLessThan(gracePeriod)
})
