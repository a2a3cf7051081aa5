import type { Page } from 'playwright'
import type { Chapter } from '../../src/contract/chapters.ts'
import { expectVideos, makeChapter, type Send, sendTo } from '../chapter.ts'
import { goToCourse, listLabel, pick, pressAdd, withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Library } from '../library.ts'
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

    async function addOnFreshPage(count: number): Promise<PressTimes> {
      const chapter = await fullChapter(send, library)
      return withCoursePage(browser, lectern, chapter, (page) => add(page, send, chapter, count))
    }

    async function addAgainAndAgain(count: number): Promise<PressTimes[]> {
      const [first, ...others] = await fullChapters(send, library, rounds(usualRounds) + 1)
      return withCoursePage(browser, lectern, first, async (page) => {
        await add(page, send, first, count)
        const times: PressTimes[] = []
        for (const chapter of others) {
          await goToCourse(page, chapter)
          times.push(await add(page, send, chapter, count))
        }
        return times
      })
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

const fullChapter = (send: Send, { filling }: Library) =>
  makeChapter(send, filling.slice(0, chapterSize))

async function fullChapters(send: Send, library: Library, count: number) {
  const first = await fullChapter(send, library)
  const chapters: [Chapter, ...Chapter[]] = [first]
  while (chapters.length < count) chapters.push(await fullChapter(send, library))
  return chapters
}

async function add(page: Page, send: Send, chapter: Chapter, added: number): Promise<PressTimes> {
  await pick(page, chapter, added)
  const count = chapterSize + added
  const list = listLabel(chapter)
  const times = await pressAdd(page, { list, added, count, untilSettled: false })
  await page.getByText(`${added} of ${added} linked`).waitFor()
  await expectVideos(send, chapter, count)
  return times
}

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
