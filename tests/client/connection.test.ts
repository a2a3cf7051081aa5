import { onlineManager } from '@tanstack/react-query'
import { afterEach, describe, expect, test } from 'vitest'
import { connectionReady, noteAnswer } from '#client/lib/connection.ts'

afterEach(() => {
  onlineManager.setOnline(true)
  // Whatever a test left waiting must not hear of the next one's answers.
  noteAnswer()
})

/** Waits with a timer that the test ends, and a record of what is left of it. */
function startWait({ isHopeless = false } = {}) {
  const controller = new AbortController()
  const timers: { milliseconds: number; signal: AbortSignal; end: () => void }[] = []
  const delay = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((end) => timers.push({ milliseconds, signal, end }))
  const ready = connectionReady(isHopeless, delay, controller.signal)
  const outcome = ready.then(
    () => 'ready',
    (reason: Error) => reason.message,
  )
  const isOver = () => Promise.race([outcome.then(() => true), nextTask().then(() => false)])
  return { controller, timers, outcome, isOver }
}

const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve))

test('is over at once while the browser is online', async () => {
  const { outcome, timers } = startWait()
  expect(await outcome).toBe('ready')
  expect(timers).toEqual([])
})

describe.each([
  { name: 'offline', isOnline: false, isHopeless: false },
  { name: 'online, but with too many tries lost', isOnline: true, isHopeless: true },
])('while $name', ({ isOnline, isHopeless }) => {
  function start() {
    onlineManager.setOnline(isOnline)
    return startWait({ isHopeless })
  }

  const expectNothingLeft = ({ timers }: ReturnType<typeof startWait>) => {
    expect(onlineManager.hasListeners()).toBe(false)
    expect(timers.map(({ signal }) => signal.aborted)).toEqual([true])
  }

  test('waits for half a minute at most', async () => {
    const wait = start()
    expect(await wait.isOver()).toBe(false)
    expect(wait.timers.map(({ milliseconds }) => milliseconds)).toEqual([30_000])
    for (const { end } of wait.timers) end()
    expect(await wait.outcome).toBe('ready')
    expectNothingLeft(wait)
  })

  test('is over when another request is answered, for everyone who waits', async () => {
    const waits = [start(), start()]
    expect(await Promise.all(waits.map(({ isOver }) => isOver()))).toEqual([false, false])
    noteAnswer()
    expect(await Promise.all(waits.map(({ outcome }) => outcome))).toEqual(['ready', 'ready'])
    for (const wait of waits) expectNothingLeft(wait)
  })

  test('is over when the browser comes online, and not when it goes offline', async () => {
    const wait = start()
    onlineManager.setOnline(true)
    onlineManager.setOnline(false)
    if (!isOnline) expect(await wait.outcome).toBe('ready')
    onlineManager.setOnline(true)
    expect(await wait.outcome).toBe('ready')
    expectNothingLeft(wait)
  })

  test('ends with its signal, with no listener and no timer left', async () => {
    const wait = start()
    wait.controller.abort(new Error('Removed'))
    expect(await wait.outcome).toBe('Removed')
    expectNothingLeft(wait)
  })
})

test('does not end by going offline', async () => {
  const wait = startWait({ isHopeless: true })
  onlineManager.setOnline(false)
  expect(await wait.isOver()).toBe(false)
})
