import type { Browser, BrowserContextOptions, Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { expectVideos, type Send } from './chapter.ts'
import type { Lectern } from './lectern.ts'
import { searchFor } from './library.ts'
import { type Press, type PressTimes, watchPress } from './watch-press.ts'

/** Opens a page in a separate browser session, and closes it after `use`. */
export async function withPage<Result>(
  browser: Browser,
  use: (page: Page) => Promise<Result>,
  options: BrowserContextOptions = {},
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  // esbuild compiles functions that run in the page with calls to this helper.
  await context.addInitScript('globalThis.__name = (named) => named')
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}

/**
 * Starts `watch` in the page, acts, and resolves with the result of `watch`.
 * @param watch runs in the page
 */
export async function watchWhile<Subject, Result>(
  page: Page,
  watch: (subject: Subject) => Promise<Result>,
  subject: Subject,
  act: () => Promise<unknown>,
): Promise<Result> {
  const result = page.evaluate(watch as (subject: unknown) => Promise<Result>, subject)
  // Input reaches the page on a separate channel and might overtake the watch, so wait for a round
  // trip.
  await page.evaluate(() => undefined)
  await act()
  return result
}

/** How far and how often the wheel scrolls, in px and ms: about ten screenfuls per second. */
export const wheel = { step: 240, every: 30 }

/** Turns the wheel over the middle of the window. */
export async function scrollByWheel(page: Page, turns: number) {
  await page.mouse.move(640, 400)
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, wheel.step)
    await new Promise((resolve) => setTimeout(resolve, wheel.every))
  }
}

/** Opens a course's page in a separate browser session, and closes it after `use`. */
export const withCoursePage = <Result>(
  browser: Browser,
  { address }: Lectern,
  chapter: Chapter,
  use: (page: Page) => Promise<Result>,
  options?: BrowserContextOptions,
): Promise<Result> =>
  withPage(
    browser,
    async (page) => {
      await page.goto(`${address}/courses/${chapter.courseId}`)
      await waitForChapter(page, chapter)
      return use(page)
    },
    options,
  )

/** Navigates from one course's page to another's without a reload. */
export async function goToCourse(page: Page, chapter: Chapter) {
  await page.getByRole('link', { name: 'Courses', exact: true }).click()
  await page.getByRole('link', { name: chapter.title, exact: true }).click()
  await waitForChapter(page, chapter)
}

/**
 * Repeats an action on each chapter's page in turn, without a reload.
 * @returns the results, except the first chapter's, where the page's code runs for the first time
 */
export async function repeatOnWarmPage<Result>(
  page: Page,
  [first, ...others]: readonly [Chapter, ...Chapter[]],
  act: (chapter: Chapter) => Promise<Result>,
): Promise<Result[]> {
  await act(first)
  const results: Result[] = []
  for (const chapter of others) {
    await goToCourse(page, chapter)
    results.push(await act(chapter))
  }
  return results
}

/** The accessible name of a chapter's list. */
export const listLabel = ({ title }: Chapter) => `Videos in ${title}`

/** Opens the picker and picks the library's assets for `count` picks. */
export async function pickVideos(page: Page, chapter: Chapter, count: number) {
  const region = page.getByRole('region', { name: chapter.title, exact: true })
  await region.getByRole('button', { name: 'Add videos' }).click()
  const picker = page.getByRole('dialog', { name: 'Media library' })
  await picker.getByRole('searchbox').fill(searchFor(count))
  await picker.getByText(`${formatCount(count, 'video')} · 0`).waitFor()
  await picker.getByRole('row').first().focus()
  const add = addButton(page, count)
  while ((await add.count()) === 0) {
    // Select all picks what is loaded; the end of the grid loads more.
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('End')
    await page.waitForTimeout(100)
  }
}

/**
 * How long the mouse button stays down, in ms, so that the work of `mousedown` is not part of the
 * time since `click`.
 */
const pressDuration = 50

/** Presses `Add N videos`, and measures when the page shows the result. */
export async function pressAdd(page: Page, press: Press): Promise<PressTimes> {
  const times = page.evaluate(watchPress, press)
  await addButton(page, press.added).click({ delay: pressDuration })
  return times
}

interface Addition {
  /** How many videos the chapter holds beforehand. */
  existing: number
  added: number
  untilSettled: boolean
}

/** Picks videos, adds them and measures; then checks that all of them were linked. */
export async function addVideosTo(
  page: Page,
  send: Send,
  chapter: Chapter,
  { existing, added, untilSettled }: Addition,
): Promise<PressTimes> {
  await pickVideos(page, chapter, added)
  const count = existing + added
  const times = await pressAdd(page, { list: listLabel(chapter), added, count, untilSettled })
  await page.getByText(`${added} of ${added} linked`).waitFor()
  await expectVideos(send, chapter, count)
  return times
}

const addButton = (page: Page, count: number) =>
  page.getByRole('button', { name: `Add ${formatCount(count, 'video')}`, exact: true })

async function waitForChapter(page: Page, chapter: Chapter) {
  const region = page.getByRole('region', { name: chapter.title, exact: true })
  await region.getByText(/^[\d,]+ videos?$/).waitFor()
}
