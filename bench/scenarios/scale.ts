import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'
import { formatCount } from '#shared/count.ts'
import { addChapter, createCourse, type Send, sendTo } from '../chapter.ts'
import { addVideosTo, watchWhile, withPage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import { type Bench, computeMedian, type Measurement, type Scenario } from '../measurement.ts'
import { readFirstRow } from '../read-first-row.ts'
import { watchContent } from '../watch-content.ts'

const sizes = [100, 1_000, 10_000, 100_000]
const chapterSize = 100
const added = 200
const defaultRounds = 5

/** The name of a video that only the first chapter has. */
const searched = `Filling ${chapterSize + 1}.mp4`

/** How long to wait for all lists of a course before its search is measured, in ms. */
const maxLoadTime = 300_000

type Costs = Record<(typeof steps)[number], number[]>

const steps = [
  'Load to the first row',
  `Press “Add ${added} videos” to painted`,
  'A search',
] as const

/** Courses of 100 to 100,000 videos, and how the cost of a step grows with their size. */
export const scale: Scenario = {
  name: 'scale',
  title: `A course of ${sizes.map((size) => size.toLocaleString('en')).join(', ')} videos`,
  async run({ browser, library, rounds }: Bench) {
    const costs = new Map<number, Costs>()
    for (const size of sizes) {
      const lectern = await startLectern(library.copy())
      const send = sendTo(lectern.address)
      const [open, add, search] = steps
      const measured: Costs = { [open]: [], [add]: [], [search]: [] }
      costs.set(size, measured)
      try {
        const first = library.filling.slice(1, chapterSize + 1)
        const others = library.filling.slice(0, chapterSize)
        const course = await createCourse(
          send,
          Array.from({ length: size / chapterSize }, (_, index) => (index === 0 ? first : others)),
        )
        for (let round = 0; round < rounds(defaultRounds); round++) {
          const extra = await addChapter(send, course.id, `Extra ${round + 1}`)
          await withPage(browser, async (page) => {
            measured[open].push(await openCourse(page, lectern, course))
            measured[search].push(await searchCourse(page))
            measured[add].push(await addTo(page, send, extra))
          })
          // The next round starts with as many videos.
          await send(`/api/chapters/${extra.id}`, { method: 'DELETE' })
        }
      } finally {
        await lectern.stop()
      }
    }
    return steps.flatMap((step) => listMeasurements(step, costs))
  },
}

function listMeasurements(
  step: (typeof steps)[number],
  costs: ReadonlyMap<number, Costs>,
): Measurement[] {
  const points = [...costs].map(([size, measured]) => ({ size, samples: measured[step] }))
  const exponent = fitExponent(
    points.map(({ size, samples }) => ({ size, cost: computeMedian(samples) })),
  )
  return points.map(({ size, samples }, index) => ({
    label: `${step}, ${size.toLocaleString('en')} videos`,
    unit: 'ms',
    samples,
    ...(index === points.length - 1 && {
      note: `the cost of ${step} grows as the size to the power of ${exponent.toFixed(2)}`,
    }),
  }))
}

/** Fits a power law by least squares over logarithms, and returns its exponent. */
export function fitExponent(points: readonly { size: number; cost: number }[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(logs.map((log) => log.x)), mean(logs.map((log) => log.y))]
  const covariance = mean(logs.map((log) => (log.x - x) * (log.y - y)))
  return covariance / mean(logs.map((log) => (log.x - x) ** 2))
}

async function openCourse(page: Page, { address }: Lectern, course: Course): Promise<number> {
  await page.goto(`${address}/courses/${course.id}`, { waitUntil: 'commit' })
  return page.evaluate(readFirstRow)
}

/** Searches the course once all of its lists are loaded: from the last key to the results. */
async function searchCourse(page: Page): Promise<number> {
  await page.locator('[data-video-id] button').first().waitFor()
  await page.keyboard.press('/')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').waitFor()
  await dialog
    .getByRole('status')
    .getByText('Loading')
    .waitFor({ state: 'hidden', timeout: maxLoadTime })
  await page.keyboard.type(searched.slice(0, -1))
  const time = await watchWhile(
    page,
    watchContent,
    {
      event: 'keydown',
      selector: '[role=dialog] [role=status]',
      text: formatCount(1, 'video'),
    },
    () => page.keyboard.press(searched.slice(-1)),
  )
  await page.keyboard.press('Escape')
  return time
}

async function addTo(page: Page, send: Send, chapter: Chapter): Promise<number> {
  const addition = { existing: 0, added, untilSettled: false }
  return (await addVideosTo(page, send, chapter, addition)).painted
}
