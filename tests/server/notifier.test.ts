import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNotifier } from '#server/db/notifier.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function startNotifier() {
  let notify = () => {}
  const listen = vi.fn(async (wake: () => void) => {
    notify = wake
  })
  return { notifier: createNotifier(listen), listen, notify: () => notify() }
}

test('a burst of notifications wakes each subscriber once, within 100 ms', () => {
  const { notifier, listen, notify } = startNotifier()
  const woken = [vi.fn(), vi.fn()]
  for (const wake of woken) notifier.subscribe(wake)
  for (let count = 0; count < 200; count += 1) notify()
  vi.advanceTimersByTime(100)
  for (const wake of woken) expect(wake).toHaveBeenCalledTimes(1)
  notify()
  vi.advanceTimersByTime(100)
  for (const wake of woken) expect(wake).toHaveBeenCalledTimes(2)
  expect(listen).toHaveBeenCalledTimes(1)
})

test('a subscriber that has unsubscribed in the meantime is not woken', () => {
  const { notifier, notify } = startNotifier()
  const wake = vi.fn()
  const unsubscribe = notifier.subscribe(wake)
  notify()
  unsubscribe()
  vi.advanceTimersByTime(100)
  expect(wake).not.toHaveBeenCalled()
})

test('after a failure to listen, the next subscription tries again', async () => {
  const listen = vi.fn().mockRejectedValueOnce(new Error('No connection')).mockResolvedValue(null)
  const notifier = createNotifier(listen)
  notifier.subscribe(() => {})
  await vi.advanceTimersByTimeAsync(0)
  notifier.subscribe(() => {})
  await vi.advanceTimersByTimeAsync(0)
  notifier.subscribe(() => {})
  expect(listen).toHaveBeenCalledTimes(2)
})
