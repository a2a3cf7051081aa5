import { test as base } from 'vitest'
import { createTestServer, type TestServer } from './server.ts'

/** A test that gets a server of its own. */
export const test = base.extend<{ server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs
  server: async ({}, use) => {
    const server = await createTestServer()
    await use(server)
    await server.close()
  },
})
