import type { Page } from 'playwright'
import type { Course } from '#contract/courses.ts'
import { createCourse, sendTo } from '../chapter.ts'
import { scrollByWheel, wheel, withPage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import type { Bench, Scenario } from '../measurement.ts'
import { readFirstRow } from '../read-first-row.ts'

const chapterCount = 50
const chapterSize = 100
const openings = 10
const defaultRounds = 5

/** How often the wheel is turned. */
const turns = 200

/** A course of 5,000 videos: how soon it can be used, how it scrolls, and what it leaves behind. */
export const largeCourse: Scenario = {
  name: 'large-course',
  title: `A course of ${chapterCount} chapters and ${chapterCount * chapterSize} videos`,
  async run({ browser, library, rounds }: Bench) {
    const lectern = await startLectern(library.copy())
    const usable: number[] = []
    const longest: number[] = []
    const heaps: number[] = []
    try {
      const chapters = Array.from({ length: chapterCount }, (_, index) => {
        const start = (index * chapterSize) % library.filling.length
        return library.filling.slice(start, start + chapterSize)
      })
      const course = await createCourse(sendTo(lectern.address), chapters)
      for (let round = 0; round < rounds(defaultRounds); round++) {
        await withPage(browser, async (page) => {
          usable.push(await open(page, lectern, course))
          longest.push(await scroll(page))
          heaps.push(await compareHeaps(page, course))
        })
      }
    } finally {
      await lectern.stop()
    }
    return [
      {
        label: 'Load to the first row, which can be used',
        unit: 'ms',
        samples: usable,
        target: { statistic: 'median', atMost: 1000 },
      },
      {
        label: 'The longest task while the page is scrolled',
        unit: 'ms',
        samples: longest,
        target: { statistic: 'median', atMost: 100 },
        note: `A wheel of ${wheel.step} px every ${wheel.every} ms, ${turns} times; 0 for none of 50 ms.`,
      },
      {
        label: `Heap after ${openings} openings, against that after the first`,
        unit: '×',
        samples: heaps,
        target: { statistic: 'median', atMost: 1.1 },
      },
    ]
  },
}

async function open(page: Page, { address }: Lectern, course: Course): Promise<number> {
  await page.goto(`${address}/courses/${course.id}`, { waitUntil: 'commit' })
  return page.evaluate(readFirstRow)
}

/** Scrolls through the course once everything is loaded. */
async function scroll(page: Page): Promise<number> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => {
    const tasks: number[] = []
    Object.assign(globalThis, { tasks })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    }).observe({ type: 'longtask' })
  })
  await scrollByWheel(page, turns)
  return page.evaluate(() => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks))
}

async function compareHeaps(page: Page, { title }: Course): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  const link = (name: string) => page.getByRole('link', { name, exact: true })
  const openAndClose = async () => {
    await link(title).click()
    await page.locator('[data-video-id] button').first().waitFor()
    await link('Courses').click()
    await link(title).waitFor()
  }
  const measure = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await devtools.send('Runtime.getHeapUsage')
    return usedSize
  }
  await link('Courses').click()
  await link(title).waitFor()
  const first = await measure()
  for (let opening = 1; opening < openings; opening++) await openAndClose()
  return (await measure()) / first
}
