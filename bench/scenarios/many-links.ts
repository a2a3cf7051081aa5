import type { BrowserContextOptions, Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { createChapters, createLinks, linkRequest, sendTo } from '../chapter.ts'
import { addVideosTo, repeatOnWarmPage, withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import { findPicks } from '../library.ts'
import { type Bench, compareTo, type Measurement, type Scenario } from '../measurement.ts'
import { sendFromPage } from '../page-requests.ts'

const chapterSize = 60
const linkTime = 200
const target = { statistic: 'median', atMost: 1.25 * linkTime + 50 } as const
const counts = [1, 10, 50, 200]
const defaultRounds = 7
const plainClientRounds = 2
// High enough that all rows of the chapter are mounted.
const tallWindow = { viewport: { width: 1280, height: 20_000 } }

/** N links of 200 ms each: through Lectern's page, and as a plain client would send them. */
export const manyLinks: Scenario = {
  name: 'many-links',
  title: `Press “Add N videos” → last of N links settled, ${linkTime} ms each, HTTP/1.1`,
  async run({ browser, library, rounds }: Bench) {
    const lectern = await startLectern(library.copy(), {
      faults: `latency=${linkTime}-${linkTime}`,
    })
    const send = sendTo(lectern.address)

    const createFilledChapters = (count: number) =>
      createChapters(send, library.filling.slice(0, chapterSize), count)

    async function withChapter<Result>(
      use: (page: Page, chapter: Chapter) => Promise<Result>,
      options?: BrowserContextOptions,
    ): Promise<Result> {
      const [chapter] = await createFilledChapters(1)
      return withCoursePage(browser, lectern, chapter, (page) => use(page, chapter), options)
    }

    async function add(page: Page, chapter: Chapter, added: number): Promise<number> {
      const addition = { existing: chapterSize, added, untilSettled: true }
      return (await addVideosTo(page, send, chapter, addition)).settled
    }

    const addOnFreshPage = (added: number, options?: BrowserContextOptions) =>
      withChapter((page, chapter) => add(page, chapter, added), options)

    async function addOnWarmPage(added: number): Promise<number[]> {
      const chapters = await createFilledChapters(rounds(defaultRounds) + 1)
      return withCoursePage(browser, lectern, chapters[0], (page) =>
        repeatOnWarmPage(page, chapters, (chapter) => add(page, chapter, added)),
      )
    }

    const sendPlainly = (added: number, parallel: boolean) =>
      withChapter(async (page, chapter) => {
        const links = createLinks(findPicks(library, added))
        const requests = links.map((link) => linkRequest(chapter, link))
        return (await page.evaluate(sendFromPage, { requests, parallel })).total
      })

    async function compare(count: number): Promise<Measurement[]> {
      const lectern: number[] = []
      const parallel: number[] = []
      const sequential: number[] = []
      for (let round = 0; round < rounds(defaultRounds); round++) {
        lectern.push(await addOnFreshPage(count))
        if (round >= plainClientRounds) continue
        parallel.push(await sendPlainly(count, true))
        if (count <= 50 || round === 0) sequential.push(await sendPlainly(count, false))
      }
      const fresh: Measurement = {
        label: `N = ${count}, on a fresh page`,
        unit: 'ms',
        samples: lectern,
        target,
      }
      const warm = await addOnWarmPage(count)
      const contender = (label: string, samples: number[]) =>
        compareTo(fresh, { label: `N = ${count}, ${label}`, unit: 'ms', samples })
      return [
        fresh,
        { label: `N = ${count}, on a warm page`, unit: 'ms', samples: warm, target },
        contender('parallel PUTs', parallel),
        contender('sequential PUTs', sequential),
      ]
    }

    try {
      const measurements: Measurement[] = []
      for (const count of counts) measurements.push(...(await compare(count)))
      const samples: number[] = []
      while (samples.length < rounds(defaultRounds)) {
        samples.push(await addOnFreshPage(200, tallWindow))
      }
      const label = 'N = 200, all 260 rows mounted, on a fresh page'
      return [...measurements, { label, unit: 'ms', samples, note: mountingNote }]
    } finally {
      await lectern.stop()
    }
  },
}

const mountingNote =
  'the other lines mount only the rows near the window. Links settle in pick order, so the page is scrolled to the last row, and the time ends with the frame in which all mounted rows are linked. Here the window is 20,000 px high and mounts every row.'
