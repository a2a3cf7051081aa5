import type { Browser, BrowserContextOptions, Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { expectVideos, type Send } from './chapter.ts'
import type { Lectern } from './lectern.ts'
import { searchFor } from './library.ts'
import { withPage } from './page.ts'
import { type Press, type PressTimes, watchPress } from './watch-press.ts'

/** The list of a chapter, by its accessible name. */
export const listLabel = ({ title }: Chapter) => `Videos in ${title}`

/** Opens a course's page in a browser session of its own, hands it on, and closes it. */
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
      await isShown(page, chapter)
      return use(page)
    },
    options,
  )

/** Goes from one course's page to another's without loading anew. */
export async function goToCourse(page: Page, chapter: Chapter) {
  await page.getByRole('link', { name: 'Courses', exact: true }).click()
  await page.getByRole('link', { name: chapter.title, exact: true }).click()
  await isShown(page, chapter)
}

/**
 * Does the same on each chapter's page in turn, without loading anew.
 * @returns what came of it, but for the first chapter's: the page's code had never run then
 */
export async function againAndAgain<Result>(
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

/** Opens the picker and picks the `count` assets that are there for that. */
export async function pick(page: Page, chapter: Chapter, count: number) {
  const region = page.getByRole('region', { name: chapter.title, exact: true })
  await region.getByRole('button', { name: 'Add videos' }).click()
  const picker = page.getByRole('dialog', { name: 'Media library' })
  await picker.getByRole('searchbox').fill(searchFor(count))
  await picker.getByText(`${formatCount(count, 'video')} · 0 picked`).waitFor()
  await picker.getByRole('row').first().focus()
  const add = addButton(page, count)
  while ((await add.count()) === 0) {
    // All that is loaded is picked; the end of the grid loads more.
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('End')
    await page.waitForTimeout(100)
  }
}

/** How long a finger stays on a button, in ms. Without it, the work of going down would be counted from the letting go. */
const fingerTime = 50

/** Presses `Add N videos` for what is picked, and tells when the page showed what came of it. */
export async function pressAdd(page: Page, press: Press): Promise<PressTimes> {
  const times = page.evaluate(watchPress, press)
  await addButton(page, press.added).click({ delay: fingerTime })
  return times
}

interface Addition {
  /** How many videos the chapter holds already. */
  held: number
  added: number
  untilSettled: boolean
}

/** Picks videos and adds them. The times count only if all were linked, which is waited for and looked up. */
export async function addVideosTo(
  page: Page,
  send: Send,
  chapter: Chapter,
  { held, added, untilSettled }: Addition,
): Promise<PressTimes> {
  await pick(page, chapter, added)
  const count = held + added
  const times = await pressAdd(page, { list: listLabel(chapter), added, count, untilSettled })
  await page.getByText(`${added} of ${added} linked`).waitFor()
  await expectVideos(send, chapter, count)
  return times
}

const addButton = (page: Page, count: number) =>
  page.getByRole('button', { name: `Add ${formatCount(count, 'video')}`, exact: true })

async function isShown(page: Page, chapter: Chapter) {
  const region = page.getByRole('region', { name: chapter.title, exact: true })
  await region.getByText(/^[\d,]+ videos?$/).waitFor()
}
