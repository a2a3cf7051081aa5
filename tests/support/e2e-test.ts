import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { expect, inject, test } from 'vitest'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'
import { chromiumArgs, findChromium } from '#scripts/browser.mjs'
import { type Api, createApi } from './e2e-api.ts'
import { type RunningServer, startServer } from './running-server.ts'

/** Long enough for a slow machine; a test that waits so long has failed. */
const timeout = 15_000

interface EndToEnd {
  server: RunningServer
  api: Api
  browser: Browser
  /** Complaints of the page that fit one of these are what the test provokes; any other fails it. */
  expectedErrors: RegExp[]
  context: BrowserContext
  page: Page
}

const endToEndTests = new Map<string, ReturnType<typeof createTest>>()

/**
 * A test with a real browser and a real server. All tests share them that one worker runs with the same
 * faults: to start a server takes seconds. So what a test looks at must be its own.
 * @param faults as `LECTERN_FAULTS` has them
 */
export function endToEndTest(faults = ''): ReturnType<typeof createTest> {
  const known = endToEndTests.get(faults) ?? createTest(faults)
  endToEndTests.set(faults, known)
  return known
}

const createTest = (faults: string) =>
  test
    .extend<Pick<EndToEnd, 'server'>>({
      server: [
        // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs
        async ({}, use) => {
          const server = await startServer(inject('dataFolder'), faults)
          await use(server)
          await server.stop()
        },
        { scope: 'worker' },
      ],
    })
    .extend<Pick<EndToEnd, 'api' | 'browser'>>({
      api: [async ({ server }, use) => use(createApi(server.address)), { scope: 'worker' }],
      browser: [
        // biome-ignore lint/correctness/noEmptyPattern: as above
        async ({}, use) => withBrowser(use),
        { scope: 'worker' },
      ],
    })
    .extend<Pick<EndToEnd, 'expectedErrors' | 'context' | 'page'>>({
      // biome-ignore lint/correctness/noEmptyPattern: as above
      expectedErrors: async ({}, use) => use([]),
      context: async ({ browser, server, expectedErrors }, use) =>
        withContext(browser, server.address, expectedErrors, use),
      page: async ({ context }, use) => use(await context.newPage()),
    })

/** A browser, for as long as it is used. */
export async function withBrowser(use: (browser: Browser) => Promise<void>) {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: chromiumArgs(),
  })
  await use(browser)
  await browser.close()
}

/** Pages of a site, for as long as they are used; a console error that is not expected fails the test. */
export async function withContext(
  browser: Browser,
  baseURL: string,
  expectedErrors: readonly RegExp[],
  use: (context: BrowserContext) => Promise<void>,
) {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(timeout)
  // Some violations that a script catches are told to nobody else.
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
      reportError(new Error(`${violatedDirective} is violated in ${sourceFile}`)),
    ),
  )
  const complaints: string[] = []
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  context.on('weberror', (event) => complaints.push(event.error().stack ?? String(event)))
  await use(context)
  await context.close()
  const unexpected = complaints.filter((words) => !expectedErrors.some((one) => one.test(words)))
  expect(unexpected, 'said on the page’s console').toEqual([])
}

/** What Chromium says of a request that got no good answer. */
export const loadError = (reason: string | number) =>
  new RegExp(`^Failed to load resource: .*${reason}`)

/** Expects what can be read to become something; reads it again and again until it does. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout, interval: 20 })

/** A new course whose first chapter is `chapter`. */
export async function createCourse(
  api: Api,
  ...titles: string[]
): Promise<{ course: Course; chapter: Chapter }> {
  const course = await api.createCourse('A course', ...(titles.length > 0 ? titles : ['Chapter']))
  const chapter = course.chapters[0]
  if (!chapter) throw new Error('The course has no chapter')
  return { course, chapter }
}
