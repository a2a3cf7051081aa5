import type { Page, Request, Route } from 'playwright'
import type { Link } from '#contract/videos.ts'

export const batchUrls = '**/api/chapters/*/videos/batch'
export const videoListUrls = /\/api\/chapters\/[^/]+\/videos$/
export const videoUrls = /\/api\/videos\/[^/]+$/

/** The links that a batch asks for. */
export const parseLinks = (request: Request): Link[] => request.postDataJSON().videos

/**
 * Holds requests back on their way to the server, until they are let go; those that the page has
 * given up meanwhile never arrive.
 */
export async function holdRequests(page: Page, url: string | RegExp, method?: string) {
  const gate = createGate()
  const arrived = page.waitForRequest((request) => matches(request, url, method))
  await page.route(url, async (route) => {
    if (method && route.request().method() !== method) return route.fallback()
    await gate.opened
    await route.fallback().catch(ignoreAbort)
  })
  return { arrived, release: gate.open, opened: gate.opened }
}

/** Lets the server do what is asked, and holds its answers back until they are let go. */
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

/** Lets `spoil` answer the first request, and the server all that come after it. Keeps all of them. */
export async function interceptFirst(
  page: Page,
  url: string | RegExp,
  spoil: (route: Route) => Promise<unknown>,
): Promise<Request[]> {
  const requests: Request[] = []
  await page.route(url, async (route) => {
    requests.push(route.request())
    await (requests.length === 1 ? spoil(route) : route.fallback())
  })
  return requests
}

// That the page gave a request up is what some of the tests are about.
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
