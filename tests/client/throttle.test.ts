import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { throttle } from '#shared/throttle.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('calls share a run at the end of their time', () => {
  const run = vi.fn()
  const request = throttle(run, 100)
  request()
  vi.advanceTimersByTime(99)
  request()
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(run).toHaveBeenCalledTimes(1)
  request()
  vi.advanceTimersByTime(100)
  expect(run).toHaveBeenCalledTimes(2)
})

test('a cancelled run is dropped, and the next call runs again', () => {
  const run = vi.fn()
  const request = throttle(run, 100)
  request()
  request.cancel()
  vi.advanceTimersByTime(200)
  expect(run).not.toHaveBeenCalled()
  request()
  vi.advanceTimersByTime(100)
  expect(run).toHaveBeenCalledTimes(1)
})
