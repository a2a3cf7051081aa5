import { afterAll, afterEach, expect } from 'vitest'

const messages: unknown[][] = []

for (const method of ['error', 'warn'] as const) {
  const print = console[method]
  console[method] = (...args: unknown[]) => {
    if (!isResizeObserverWarning(args)) messages.push([`console.${method}`, ...args])
    print(...args)
  }
}

// Harmless: Chromium delivers the skipped notifications in the next frame.
function isResizeObserverWarning([message]: unknown[]) {
  return message instanceof Error && message.message.startsWith('ResizeObserver loop completed')
}

const expectNoMessages = () => expect(messages.splice(0), 'unexpected console messages').toEqual([])

afterEach(expectNoMessages)
// For messages outside tests, such as while a module loads or in an afterAll.
afterAll(expectNoMessages)
