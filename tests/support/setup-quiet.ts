import { afterAll, afterEach, expect } from 'vitest'

const messages: unknown[][] = []

for (const method of ['error', 'warn'] as const) {
  const print = console[method]
  console[method] = (...words: unknown[]) => {
    if (!isResizeObserverWarning(words)) messages.push([`console.${method}`, ...words])
    print(...words)
  }
}

// What Chromium says when one size changes because another did: it is told in the next frame.
function isResizeObserverWarning([said]: unknown[]) {
  return said instanceof Error && said.message.startsWith('ResizeObserver loop completed')
}

const expectNoMessages = () => expect(messages.splice(0), 'said on the console').toEqual([])

afterEach(expectNoMessages)
// What a module says while it loads, or an afterAll after the last test, belongs to no test.
afterAll(expectNoMessages)
