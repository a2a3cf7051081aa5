import { onlineManager } from '@tanstack/react-query'
import { afterEach, describe, expect, test } from 'vitest'
import { connectionReady, notifyServerReachable } from '#client/lib/connection.ts'

afterEach(() => {
  onlineManager.setOnline(true)
  // Ends waits that a test left behind, so that they don't see the next test's answers.
  notifyServerReachable()
})

/** Starts a wait with a timer that the test ends, and records the timers. */
function startWait({ hasFailedOften = false } = {}) {
  const controller = new AbortController()
  const timers: { milliseconds: number; signal: AbortSignal; end: () => void }[] = []
  const delay = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((end) => timers.push({ milliseconds, signal, end }))
  const ready = connectionReady(hasFailedOften, delay, controller.signal)
  const outcome = ready.then(
    () => 'ready',
    (reason: Error) => reason.message,
  )
  const isOver = () => Promise.race([outcome.then(() => true), yieldToBrowser().then(() => false)])
  return { controller, timers, outcome, isOver }
}

const yieldToBrowser = () => new Promise<void>((resolve) => setImmediate(resolve))

test('ends immediately while the browser is online', async () => {
  const { outcome, timers } = startWait()
  expect(await outcome).toBe('ready')
  expect(timers).toEqual([])
})

describe.each([
  { name: 'offline', isOnline: false, hasFailedOften: false },
  { name: 'online, but after too many lost tries', isOnline: true, hasFailedOften: true },
])('while $name', ({ isOnline, hasFailedOften }) => {
  function start() {
    onlineManager.setOnline(isOnline)
    return startWait({ hasFailedOften })
  }

  const expectCleanedUp = ({ timers }: ReturnType<typeof startWait>) => {
    expect(onlineManager.hasListeners()).toBe(false)
    expect(timers.map(({ signal }) => signal.aborted)).toEqual([true])
  }

  test('waits for at most half a minute', async () => {
    const wait = start()
    expect(await wait.isOver()).toBe(false)
    expect(wait.timers.map(({ milliseconds }) => milliseconds)).toEqual([30_000])
    for (const { end } of wait.timers) end()
    expect(await wait.outcome).toBe('ready')
    expectCleanedUp(wait)
  })

  test('ends all waits when another request is answered', async () => {
    const waits = [start(), start()]
    expect(await Promise.all(waits.map(({ isOver }) => isOver()))).toEqual([false, false])
    notifyServerReachable()
    expect(await Promise.all(waits.map(({ outcome }) => outcome))).toEqual(['ready', 'ready'])
    for (const wait of waits) expectCleanedUp(wait)
  })

  test('ends when the browser goes online, not when it goes offline', async () => {
    const wait = start()
    onlineManager.setOnline(true)
    onlineManager.setOnline(false)
    if (!isOnline) expect(await wait.outcome).toBe('ready')
    onlineManager.setOnline(true)
    expect(await wait.outcome).toBe('ready')
    expectCleanedUp(wait)
  })

  test('ends with its signal and leaves no listener or timer', async () => {
    const wait = start()
    wait.controller.abort(new Error('Removed'))
    expect(await wait.outcome).toBe('Removed')
    expectCleanedUp(wait)
  })
})

test('does not end when the browser goes offline', async () => {
  const wait = startWait({ hasFailedOften: true })
  onlineManager.setOnline(false)
  expect(await wait.isOver()).toBe(false)
})
