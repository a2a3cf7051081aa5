import { expect } from 'vitest'
import type { Key, Modifier, Point, Tab } from './drivers/engine.ts'

/** A page in any engine. */
export type Page = ReturnType<typeof createPage>

/** Something to click: its role and accessible name, and the selector of the element it is in. */
export interface Target {
  role: 'button' | 'link' | 'listitem' | 'textbox'
  name: string
  within?: string
  /** The vertical position of the click, from 0 (top) to 1 (bottom); the middle by default. */
  height?: number
}

declare global {
  interface Window {
    /** The errors and warnings since the page was opened. */
    errors?: string[]
    /** The result of a function that runs in the page while the test continues. */
    observed?: unknown
  }
}

/** Adds the operations of the tests to a tab. */
export function createPage(tab: Tab) {
  /** Runs a function in the page, without its closure. Arguments are passed as JSON or source. */
  async function evaluate<Arguments extends unknown[], Result>(
    run: (...given: Arguments) => Result | Promise<Result>,
    ...given: Arguments
  ): Promise<Result> {
    // The tab returns the JSON value of what `run` returns.
    return (await tab.evaluate(formatCall(run, given))) as Result
  }

  /** Finds a point to press, once the target exists, has stopped moving and is not covered. */
  async function findPoint(target: Target): Promise<Point> {
    let point = null as Point | null
    await eventually(async () => {
      point = await evaluate(findFreePoint, target)
      return point
    }, `${target.role} “${target.name}” can be clicked`).not.toBeNull()
    if (!point) throw new Error('The poll ended without a point')
    return point
  }

  return {
    ...tab,
    evaluate,

    async open(address: string) {
      await tab.open(address)
      await evaluate(recordErrors)
    },

    /** Starts `run` in the page without waiting for it; `observed` resolves with its result. */
    async observe<Arguments extends unknown[]>(
      run: (...given: Arguments) => unknown,
      ...given: Arguments
    ) {
      await tab.evaluate(`void (window.observed = ${formatCall(run, given)})`)
    },
    observed: () => tab.evaluate('window.observed'),

    /** Clicks the target as soon as it exists, has stopped moving and is not covered. */
    async click(target: Target) {
      await tab.clickAt(await findPoint(target))
    },
    findPoint,

    /** Runs an action while keys are held. */
    async holding(held: readonly Modifier[], act: () => Promise<unknown>) {
      for (const key of held) await tab.holdKey(key)
      await act()
      for (const key of held.toReversed()) await tab.releaseKey(key)
    },

    /** Presses keys one after another. */
    async pressAll(...keys: Key[]) {
      for (const key of keys) await tab.press(key)
    },

    /** Presses the mouse and moves it in steps, without releasing it. */
    async startDrag(from: Point, to: Point) {
      await tab.moveMouse(from)
      await tab.pressMouse()
      await tab.moveMouse({
        x: Math.round((from.x + to.x) / 2),
        y: Math.round((from.y + to.y) / 2),
      })
      await tab.moveMouse(to)
    },

    errors: () => evaluate(() => window.errors ?? []),
  }
}

/** Polls `read` until its result meets the expectation. */
export const eventually = <Value>(read: () => Value, message?: string) =>
  expect.poll(read, { interval: 30, ...(message && { message }) })

const formatCall = (run: (...given: never[]) => unknown, given: unknown[]) =>
  `(${run})(${given.map(formatArgument).join(', ')})`

const formatArgument = (value: unknown) =>
  typeof value === 'function' ? String(value) : JSON.stringify(value)

/** Runs after the page has loaded: not every driver can run a script before the page's own. */
function recordErrors() {
  const errors: string[] = []
  window.errors = errors
  const record = (...values: unknown[]) => errors.push(values.map(String).join(' '))
  Object.assign(console, { error: record, warn: record })
  // Browsers report a harmless ResizeObserver loop when one resize causes another.
  addEventListener('error', ({ message }) => {
    if (!message.startsWith('ResizeObserver loop')) errors.push(message)
  })
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)))
}

/** Finds a point on the only element with this role and name; null while it can't be clicked. */
async function findFreePoint({ role, name, within, height = 0.5 }: Target): Promise<Point | null> {
  const selector = { button: 'button', link: 'a', listitem: 'li', textbox: 'input, textarea' }[role]
  const root = within === undefined ? document : document.querySelector(within)
  const [element, ...others] = [...(root?.querySelectorAll(selector) ?? [])].filter(
    (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent?.trim()) === name,
  )
  if (!element || others.length > 0) return null
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  const before = element.getBoundingClientRect()
  await new Promise(requestAnimationFrame)
  const box = element.getBoundingClientRect()
  const point = {
    x: Math.round(box.left + box.width / 2),
    y: Math.round(box.top + box.height * height),
  }
  const isStable = before.left === box.left && before.top === box.top
  const isOnTop = element.contains(document.elementFromPoint(point.x, point.y))
  return isStable && isOnTop ? point : null
}
