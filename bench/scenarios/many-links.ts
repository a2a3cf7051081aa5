import type { BrowserContextOptions, Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { linksOf, makeChapters, sendTo, singleLink } from '../chapter.ts'
import { addVideosTo, againAndAgain, withCoursePage } from '../course-page.ts'
import { sendFromPage } from '../in-page-requests.ts'
import { startLectern } from '../lectern.ts'
import { picksOf } from '../library.ts'
import { against, type Bench, type Measurement, type Scenario } from '../measurement.ts'

const chapterSize = 60
const linkTime = 200
const target = { of: 'median', atMost: 1.25 * linkTime + 50 } as const
const counts = [1, 10, 50, 200]
const usualRounds = 7
const fewRounds = 2
// All rows of the chapter are mounted in a window as high as this, so that each one is seen to settle.
const highWindow = { viewport: { width: 1280, height: 20_000 } }

/** N links of 200 ms each: through Lectern's page, and as plain clients would make them. */
export const manyLinks: Scenario = {
  name: 'many-links',
  title: `Press “Add N videos” → last of N links settled, ${linkTime} ms each, HTTP/1.1`,
  async run({ browser, library, rounds }: Bench) {
    const lectern = await startLectern(library.copy(), `latency=${linkTime}-${linkTime}`)
    const send = sendTo(lectern.address)

    const fullChapters = (count: number) =>
      makeChapters(send, library.filling.slice(0, chapterSize), count)

    async function onChapter<Result>(
      use: (page: Page, chapter: Chapter) => Promise<Result>,
      options?: BrowserContextOptions,
    ): Promise<Result> {
      const [chapter] = await fullChapters(1)
      return withCoursePage(browser, lectern, chapter, (page) => use(page, chapter), options)
    }

    async function add(page: Page, chapter: Chapter, added: number): Promise<number> {
      const addition = { held: chapterSize, added, untilSettled: true }
      return (await addVideosTo(page, send, chapter, addition)).settled
    }

    const addOnFreshPage = (added: number, options?: BrowserContextOptions) =>
      onChapter((page, chapter) => add(page, chapter, added), options)

    async function addAgainAndAgain(added: number): Promise<number[]> {
      const chapters = await fullChapters(rounds(usualRounds) + 1)
      return withCoursePage(browser, lectern, chapters[0], (page) =>
        againAndAgain(page, chapters, (chapter) => add(page, chapter, added)),
      )
    }

    const oneByOne = (added: number, atOnce: boolean) =>
      onChapter(async (page, chapter) => {
        const links = linksOf(picksOf(library, added))
        const requests = links.map((link) => singleLink(chapter, link))
        return (await page.evaluate(sendFromPage, { requests, atOnce })).total
      })

    async function compare(count: number): Promise<Measurement[]> {
      const lecterns: number[] = []
      const parallel: number[] = []
      const serial: number[] = []
      for (let round = 0; round < rounds(usualRounds); round++) {
        lecterns.push(await addOnFreshPage(count))
        if (round >= fewRounds) continue
        parallel.push(await oneByOne(count, true))
        if (count <= 50 || round === 0) serial.push(await oneByOne(count, false))
      }
      const fresh: Measurement = {
        what: `N = ${count}, on a fresh page`,
        unit: 'ms',
        samples: lecterns,
        target,
      }
      const again = await addAgainAndAgain(count)
      const contender = (what: string, samples: number[]) =>
        against(fresh, { what: `N = ${count}, ${what}`, unit: 'ms', samples })
      return [
        fresh,
        { what: `N = ${count}, again on the same page`, unit: 'ms', samples: again, target },
        contender('a PUT each, all at once', parallel),
        contender('a PUT each, one by one', serial),
      ]
    }

    try {
      const measurements: Measurement[] = []
      for (const count of counts) measurements.push(...(await compare(count)))
      const samples: number[] = []
      while (samples.length < rounds(usualRounds)) {
        samples.push(await addOnFreshPage(200, highWindow))
      }
      const what = 'N = 200, all 260 rows mounted, on a fresh page'
      return [...measurements, { what, unit: 'ms', samples, note: mounting }]
    } finally {
      await lectern.stop()
    }
  },
}

const mounting =
  'usually only the rows near the window are mounted. Lines settle in the order of the picks, so the page is scrolled to the last row, and the time is of the frame in which all mounted rows are linked. Here the window is 20,000 px high, and every row is seen to settle.'
