import { test as base } from 'vitest'
import { createTestServer, type TestServer } from './server.ts'

/** A test with its own server. */
export const test = base.extend<{ server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
  server: async ({}, use) => {
    const server = await createTestServer()
    await use(server)
    await server.close()
  },
})
