import type { Page, Request, Route } from 'playwright'
import type { Link } from '#contract/videos.ts'
import { eventually } from './e2e-test.ts'

export const batchUrls = '**/api/chapters/*/videos/batch'
export const videoListUrls = /\/api\/chapters\/[^/]+\/videos$/
export const videoUrls = /\/api\/videos\/[^/]+$/

/** Reads the links from a batch request. */
export const parseLinks = (request: Request): Link[] => request.postDataJSON().videos

/** Holds requests until `release`. Those that the page has aborted by then never arrive. */
export async function holdRequests(page: Page, url: string | RegExp, method?: string) {
  const gate = createGate()
  const arrived = page.waitForRequest((request) => matches(request, url, method))
  // Not every test awaits it.
  arrived.catch(() => {})
  await page.route(url, async (route) => {
    if (method && route.request().method() !== method) return route.fallback()
    await gate.opened
    await route.fallback().catch(ignoreAbort)
  })
  return { arrived, release: gate.open, opened: gate.opened }
}

/** Forwards requests to the server, and holds the responses until `release`. */
export async function holdResponses(page: Page, url: string | RegExp, method?: string) {
  const gate = createGate()
  const answered = createGate()
  await page.route(url, async (route) => {
    if (method && route.request().method() !== method) return route.fallback()
    const response = await route.fetch()
    answered.open()
    await gate.opened
    await route.fulfill({ response }).catch(ignoreAbort)
  })
  return { answered: answered.opened, release: gate.open }
}

/**
 * Routes the first request to `handle` and the others to the server. Returns a live list of all
 * requests.
 */
export async function interceptFirst(
  page: Page,
  url: string | RegExp,
  handle: (route: Route) => Promise<unknown>,
): Promise<Request[]> {
  const requests: Request[] = []
  await page.route(url, async (route) => {
    requests.push(route.request())
    await (requests.length === 1 ? handle(route) : route.fallback())
  })
  return requests
}

/** Answers every request with 503 instead of the server, and counts them, until the outage ends. */
export async function failRequests(page: Page, url: string | RegExp) {
  let count = 0
  let isOver = false
  await page.route(url, async (route) => {
    if (isOver) return route.fallback()
    count += 1
    await route.fulfill({ status: 503, body: '' })
  })
  return {
    count: () => count,
    end: () => {
      isOver = true
    },
  }
}

/**
 * Holds requests until the test has each answered with 503 instead of the server, so that what the
 * page shows between two tries stays until the test has read it.
 */
export async function failEachInTurn(page: Page, url: string | RegExp) {
  const held: Route[] = []
  let isOver = false
  await page.route(url, async (route) => {
    if (isOver) return route.fallback()
    held.push(route)
  })
  return {
    /** Waits for the next request and answers it. */
    async breakNext() {
      await eventually(() => held.length).toBeGreaterThan(0)
      await held.shift()?.fulfill({ status: 503, body: '' })
    },
    end: () => {
      isOver = true
    },
  }
}

// The page may abort a request while it is held.
const ignoreAbort = () => {}

function createGate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

function matches(request: Request, url: string | RegExp, method: string | undefined) {
  if (method && request.method() !== method) return false
  return url instanceof RegExp
    ? url.test(request.url())
    : request.url().endsWith(url.slice(url.lastIndexOf('/')))
}
