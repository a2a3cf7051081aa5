import { expect } from 'vitest'
import type { Point, Tab } from './drivers/engine.ts'

/** Long enough for a slow network on a slow machine; what takes so long has failed. */
const patience = 30_000

/** A page in whichever engine. */
export type Page = ReturnType<typeof pageIn>

/** Something to click: what screen readers call it, and the part of the page it is in. */
export interface Target {
  role: 'button' | 'textbox'
  name: string
  within?: string
}

declare global {
  interface Window {
    /** What the page complained of since it was opened. */
    complaints?: string[]
    /** What a test looks for in the page while it does something else. */
    observed?: unknown
  }
}

/** What all tests do in a page, in terms of what every driver can do. */
export function pageIn(tab: Tab) {
  /** Runs a function in the page. It sees nothing of the test; its arguments go there as JSON or source. */
  async function evaluate<Arguments extends unknown[], Result>(
    run: (...given: Arguments) => Result | Promise<Result>,
    ...given: Arguments
  ): Promise<Result> {
    // What comes back is what `run` returns, as JSON has it.
    return (await tab.evaluate(callOf(run, given))) as Result
  }

  return {
    ...tab,
    evaluate,

    async open(address: string) {
      await tab.open(address)
      await evaluate(keepComplaints)
    },

    /** Goes on looking in the page for what `run` promises, while the test does something else. */
    async observe<Arguments extends unknown[]>(
      run: (...given: Arguments) => unknown,
      ...given: Arguments
    ) {
      await tab.evaluate(`void (window.observed = ${callOf(run, given)})`)
    },
    observed: () => tab.evaluate('window.observed'),

    /** Clicks as soon as the target is there, at rest and not covered. */
    async click(target: Target) {
      let point: Point | null = null
      await eventually(async () => {
        point = await evaluate(pointOf, target)
        return point !== null
      }, `${target.role} “${target.name}” can be clicked`).toBe(true)
      if (point) await tab.clickAt(point)
    },

    complaints: () => evaluate(() => window.complaints ?? []),
  }
}

/** Expects what can be read to become something; reads it again and again until it does. */
export const eventually = <Value>(read: () => Value, message?: string) =>
  expect.poll(read, { timeout: patience, interval: 30, ...(message && { message }) })

const callOf = (run: (...given: never[]) => unknown, given: unknown[]) =>
  `(${run})(${given.map(sourceOf).join(', ')})`

const sourceOf = (value: unknown) =>
  typeof value === 'function' ? String(value) : JSON.stringify(value)

/** Not every engine lets a test listen before the page's own scripts run. */
function keepComplaints() {
  const complaints: string[] = []
  window.complaints = complaints
  const keep = (...words: unknown[]) => complaints.push(words.map(String).join(' '))
  Object.assign(console, { error: keep, warn: keep })
  // What a browser says when one size changes because another did: it is told in the next frame.
  addEventListener('error', ({ message }) => {
    if (!message.startsWith('ResizeObserver loop')) complaints.push(message)
  })
  addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)))
}

/** The middle of the one element of this role and name, or null while it can't be clicked there. */
async function pointOf({ role, name, within }: Target): Promise<Point | null> {
  const selector = { button: 'button', textbox: 'input, textarea' }[role]
  const root = within === undefined ? document : document.querySelector(within)
  const [element, ...others] = [...(root?.querySelectorAll(selector) ?? [])].filter(
    (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
  )
  if (!element || others.length > 0) return null
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  const before = element.getBoundingClientRect()
  await new Promise(requestAnimationFrame)
  const { left, top, width, height } = element.getBoundingClientRect()
  const middle = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) }
  const isAtRest = before.left === left && before.top === top
  const isOnTop = element.contains(document.elementFromPoint(middle.x, middle.y))
  return isAtRest && isOnTop ? middle : null
}
