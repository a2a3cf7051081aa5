import { afterAll, afterEach, expect } from 'vitest'

const complaints: unknown[][] = []

for (const method of ['error', 'warn'] as const) {
  const print = console[method]
  console[method] = (...words: unknown[]) => {
    if (!isLateSize(words)) complaints.push([`console.${method}`, ...words])
    print(...words)
  }
}

// What Chromium says when one size changes because another did: it is told in the next frame.
function isLateSize([said]: unknown[]) {
  return said instanceof Error && said.message.startsWith('ResizeObserver loop completed')
}

const expectNoComplaints = () => expect(complaints.splice(0), 'said on the console').toEqual([])

afterEach(expectNoComplaints)
// What a module says while it loads, or an afterAll after the last test, belongs to no test.
afterAll(expectNoComplaints)
