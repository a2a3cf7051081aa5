import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright'
import { expect, inject, test } from 'vitest'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'
import { chromiumArgs, findTestBrowser } from '#scripts/browser.mjs'
import { type Api, createApi } from './e2e-api.ts'
import { type RunningServer, startServer } from './running-server.ts'

/** In ms, generous for a busy machine. */
const timeout = 60_000

interface EndToEnd {
  server: RunningServer
  api: Api
  browser: Browser
  /** Console messages that the test provokes. Any other error or warning fails the test. */
  expectedErrors: RegExp[]
  context: BrowserContext
  page: Page
}

const endToEndTests = new Map<string, ReturnType<typeof createTest>>()

/**
 * Returns a test function with a real browser and a real server. Starting them takes seconds, so
 * the tests of a worker share those with the same faults, and each test creates its own course.
 * @param faults in the format of `LECTERN_FAULTS`
 */
export function endToEndTest(faults = ''): ReturnType<typeof createTest> {
  const sharedTest = endToEndTests.get(faults) ?? createTest(faults)
  endToEndTests.set(faults, sharedTest)
  return sharedTest
}

const createTest = (faults: string) =>
  test
    .extend<Pick<EndToEnd, 'server'>>({
      server: [
        // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
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

/** Launches a browser, and closes it after `use`. */
export async function withBrowser(use: (browser: Browser) => Promise<void>) {
  const executablePath = findTestBrowser()
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: chromiumArgs(),
  })
  await use(browser)
  await browser.close()
}

/**
 * Creates a browser context for `use`. An unexpected error on a page's console fails the test.
 * Service workers are blocked unless `options` allow them, since each context would fetch all of
 * the page's files. Motion is reduced, since drawing it takes a fifth of the CPU time; the engine
 * tests keep it in Chromium and Firefox.
 */
export async function withContext(
  browser: Browser,
  baseURL: string,
  expectedErrors: readonly RegExp[],
  use: (context: BrowserContext) => Promise<void>,
  options: BrowserContextOptions = {},
) {
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({
    baseURL,
    viewport,
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(timeout)
  // Otherwise a violation in code that catches its errors would go unnoticed.
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
      reportError(new Error(`${violatedDirective} was violated in ${sourceFile}`)),
    ),
  )
  const messages: string[] = []
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) messages.push(message.text())
  })
  context.on('weberror', (event) => messages.push(event.error().stack ?? String(event)))
  await use(context)
  await context.close()
  const blocked = /^Service Worker registration blocked/
  const unexpected = messages.filter(
    (text) => ![blocked, ...expectedErrors].some((pattern) => pattern.test(text)),
  )
  expect(unexpected, 'unexpected console messages').toEqual([])
}

/** Chromium's console message for a failed request. */
export const loadError = (reason: string | number) =>
  new RegExp(`^Failed to load resource: .*${reason}`)

/** Polls a value until the expectation holds. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { interval: 20 })

/** Creates a course with chapters that have these titles; `chapter` is the first. */
export async function createCourse(
  api: Api,
  ...titles: string[]
): Promise<{ course: Course; chapter: Chapter }> {
  const course = await api.createCourse('A course', ...(titles.length > 0 ? titles : ['Chapter']))
  const chapter = course.chapters[0]
  if (!chapter) throw new Error('The course has no chapter')
  return { course, chapter }
}
