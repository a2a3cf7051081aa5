import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { createChapters, type Send, sendTo } from '../chapter.ts'
import { addVideosTo, repeatOnWarmPage, withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Bench, Measurement, Scenario } from '../measurement.ts'
import type { PressTimes } from '../watch-press.ts'

const chapterSize = 60
const counts = [200, 20, 1]
const defaultRounds = 15

/** From the press of `Add N videos` until the rows are painted. */
export const addVideos: Scenario = {
  name: 'add-videos',
  title: `Press “Add N videos” → rows painted, in a chapter of ${chapterSize}`,
  async run({ browser, library, rounds }: Bench) {
    const lectern = await startLectern(library.copy())
    const send = sendTo(lectern.address)
    const measurements: Measurement[] = []

    const createFilledChapters = (count: number) =>
      createChapters(send, library.filling.slice(0, chapterSize), count)

    async function addOnFreshPage(count: number): Promise<PressTimes> {
      const [chapter] = await createFilledChapters(1)
      return withCoursePage(browser, lectern, chapter, (page) => add(page, send, chapter, count))
    }

    async function addOnWarmPage(count: number): Promise<PressTimes[]> {
      const chapters = await createFilledChapters(rounds(defaultRounds) + 1)
      return withCoursePage(browser, lectern, chapters[0], (page) =>
        repeatOnWarmPage(page, chapters, (chapter) => add(page, send, chapter, count)),
      )
    }

    try {
      const fresh = new Map<number, PressTimes[]>(counts.map((count) => [count, []]))
      for (let round = 0; round < rounds(defaultRounds); round++) {
        for (const [count, times] of fresh) times.push(await addOnFreshPage(count))
      }
      for (const [count, times] of fresh) {
        measurements.push(
          ...createMeasurements(`N = ${count}, on a fresh page`, times),
          ...createMeasurements(`N = ${count}, on a warm page`, await addOnWarmPage(count)),
        )
      }
      return measurements
    } finally {
      await lectern.stop()
    }
  },
}

const add = (page: Page, send: Send, chapter: Chapter, added: number) =>
  addVideosTo(page, send, chapter, { existing: chapterSize, added, untilSettled: false })

const createMeasurements = (label: string, times: readonly PressTimes[]): Measurement[] => [
  {
    label,
    unit: 'ms',
    samples: times.map(({ painted }) => painted),
    target: { statistic: 'median', atMost: 50 },
  },
  {
    label: `${label}, by Event Timing`,
    unit: 'ms',
    samples: times.flatMap(({ presented }) => presented ?? []),
  },
]
