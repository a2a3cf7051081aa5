import { afterAll, afterEach, expect } from 'vitest'

const complaints: unknown[][] = []

for (const method of ['error', 'warn'] as const) {
  const print = console[method]
  console[method] = (...words: unknown[]) => {
    complaints.push([`console.${method}`, ...words])
    print(...words)
  }
}

const expectNoComplaints = () => expect(complaints.splice(0), 'said on the console').toEqual([])

afterEach(expectNoComplaints)
// What a module says while it loads, or an afterAll after the last test, belongs to no test.
afterAll(expectNoComplaints)
