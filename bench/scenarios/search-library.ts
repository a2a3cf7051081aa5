import type { Page } from 'playwright'
import type { MediaPage } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { createChapter, type Send, sendTo } from '../chapter.ts'
import { scrollByWheel, watchWhile, wheel, withCoursePage, withPage } from '../course-page.ts'
import { type Lectern, startLectern, thisCheckout } from '../lectern.ts'
import { createLibrary } from '../library.ts'
import { type Bench, type Measurement, measureTime, type Scenario } from '../measurement.ts'
import { type Content, watchContent } from '../watch-content.ts'

const assetCount = 10_000
const defaultRounds = 5

/** Searches on the server: common ones, rare ones, and one without matches. */
const searches = ['filling', '1', '12', '123', '9999', 'fill 77', 'nothing']

/** Typed key by key; each key changes the number of matches. */
const typed = '1234'

/** How often the wheel is turned. */
const turns = 100

/** A library of 10,000 videos: searching, scrolling, and opening it as a picker. */
export const searchLibrary: Scenario = {
  name: 'library',
  title: `A media library of ${assetCount} videos`,
  async run(bench: Bench) {
    const library = await createLibrary(thisCheckout, assetCount)
    const lectern = await startLectern(library.copy())
    try {
      return await measure(bench, lectern)
    } finally {
      await lectern.stop()
      library.remove()
    }
  },
}

async function measure({ browser, rounds }: Bench, lectern: Lectern): Promise<Measurement[]> {
  const send = sendTo(lectern.address)
  const chapter = await createChapter(send)
  const answers: number[] = []
  const results: number[] = []
  const frames: number[] = []
  const openings: number[] = []
  for (let round = 0; round < rounds(defaultRounds); round++) {
    for (const search of searches) answers.push(await measureTime(() => find(send, search)))
    await withPage(browser, async (page) => {
      await page.goto(`${lectern.address}/library`)
      await page.getByRole('row').first().waitFor()
      results.push(...(await search(page, send)))
      frames.push(await scroll(page))
    })
    openings.push(await withCoursePage(browser, lectern, chapter, open))
  }
  return [
    {
      label: 'A search, answered',
      unit: 'ms',
      samples: answers,
      target: { statistic: 'p95', atMost: 25 },
      note: `120 of the videos that match ${searches.join(', ')}; over HTTP, PGlite.`,
    },
    {
      label: 'A key to its results',
      unit: 'ms',
      samples: results,
      target: { statistic: 'p95', atMost: 120 },
    },
    {
      label: 'The longest frame while it is scrolled',
      unit: 'ms',
      samples: frames,
      target: { statistic: 'median', atMost: 50 },
      note: `A wheel of ${wheel.step} px every ${wheel.every} ms, ${turns} times.`,
    },
    {
      label: 'The picker, opened',
      unit: 'ms',
      samples: openings,
      target: { statistic: 'median', atMost: 100 },
    },
  ]
}

async function find(send: Send, search: string): Promise<MediaPage> {
  const response = await send(`/api/media?limit=120&search=${encodeURIComponent(search)}`)
  return (await response.json()) as MediaPage
}

/** Types into the search box, and measures each key. */
async function search(page: Page, send: Send): Promise<number[]> {
  const times: number[] = []
  await page.getByRole('searchbox').focus()
  for (let length = 1; length <= typed.length; length++) {
    const { total } = await find(send, typed.slice(0, length))
    times.push(
      await watchWhile(
        page,
        watchContent,
        {
          event: 'keydown',
          selector: 'main [role=status]',
          text: formatCount(total, 'video'),
        },
        () => page.keyboard.press(typed.charAt(length - 1)),
      ),
    )
  }
  await page.keyboard.press('Escape')
  await page
    .getByRole('status')
    .getByText(/^10,\d+ videos$/)
    .waitFor()
  return times
}

/** Scrolls the grid, and measures the time between two frames. */
async function scroll(page: Page): Promise<number> {
  await page.evaluate(() => {
    const state = { longest: 0 }
    Object.assign(globalThis, { state })
    let last = performance.now()
    const step = (now: number) => {
      state.longest = Math.max(state.longest, now - last)
      last = now
      requestAnimationFrame(step)
    }
    requestAnimationFrame((now) => {
      last = now
      requestAnimationFrame(step)
    })
  })
  await scrollByWheel(page, turns)
  return page.evaluate(
    () => (globalThis as unknown as { state: { longest: number } }).state.longest,
  )
}

async function open(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: 'Add videos' })
  await button.hover()
  // The picker's code and first page are fetched while the pointer hovers over the button.
  await page.waitForLoadState('networkidle')
  const tiles: Content = { event: 'click', selector: '[role=dialog] [role=row]' }
  return watchWhile(page, watchContent, tiles, () => button.click())
}
