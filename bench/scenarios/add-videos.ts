import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapters, type Send, sendTo } from '../chapter.ts'
import { addVideosTo, againAndAgain, withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Bench, Measurement, Scenario } from '../measurement.ts'
import type { PressTimes } from '../watch-press.ts'

const chapterSize = 60
const counts = [200, 20, 1]
const usualRounds = 15

/** From the press of `Add N videos` to the rows on screen. */
export const addVideos: Scenario = {
  name: 'add-videos',
  title: `Press “Add N videos” → rows painted, in a chapter of ${chapterSize}`,
  async run({ browser, library, rounds }: Bench) {
    const lectern = await startLectern(library.copy())
    const send = sendTo(lectern.address)
    const measurements: Measurement[] = []

    const fullChapters = (count: number) =>
      makeChapters(send, library.filling.slice(0, chapterSize), count)

    async function addOnFreshPage(count: number): Promise<PressTimes> {
      const [chapter] = await fullChapters(1)
      return withCoursePage(browser, lectern, chapter, (page) => add(page, send, chapter, count))
    }

    async function addAgainAndAgain(count: number): Promise<PressTimes[]> {
      const chapters = await fullChapters(rounds(usualRounds) + 1)
      return withCoursePage(browser, lectern, chapters[0], (page) =>
        againAndAgain(page, chapters, (chapter) => add(page, send, chapter, count)),
      )
    }

    try {
      const cold = new Map<number, PressTimes[]>(counts.map((count) => [count, []]))
      for (let round = 0; round < rounds(usualRounds); round++) {
        for (const [count, times] of cold) times.push(await addOnFreshPage(count))
      }
      for (const [count, times] of cold) {
        measurements.push(
          ...measured(`N = ${count}, on a fresh page`, times),
          ...measured(`N = ${count}, again on the same page`, await addAgainAndAgain(count)),
        )
      }
      return measurements
    } finally {
      await lectern.stop()
    }
  },
}

const add = (page: Page, send: Send, chapter: Chapter, added: number) =>
  addVideosTo(page, send, chapter, { held: chapterSize, added, untilSettled: false })

const measured = (what: string, times: readonly PressTimes[]): Measurement[] => [
  {
    what,
    unit: 'ms',
    samples: times.map(({ painted }) => painted),
    target: { of: 'median', atMost: 50 },
  },
  {
    what: `${what}, by Event Timing`,
    unit: 'ms',
    samples: times.flatMap(({ presented }) => presented ?? []),
  },
]
