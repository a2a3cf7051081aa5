import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { addChapter, createChapter, sendTo } from '../chapter.ts'
import { listLabel, watchWhile, withCoursePage } from '../course-page.ts'
import { startLectern } from '../lectern.ts'
import type { Bench, Measurement, Scenario } from '../measurement.ts'
import { type Change, watchChange } from '../watch-change.ts'

const size = 200
const many = 500
const defaultRounds = 10

/** How often each change is made on a page after the first time, which compiles its code. */
const repeats = 3

/** Two frames at 60 Hz, in ms, plus the error of the clock. */
const twoFrames = 34

type Times = Map<string, number[]>

/** An instructor's changes to existing videos: from the key or press to the frame. */
export const changes: Scenario = {
  name: 'changes',
  title: `Changes in a chapter of ${size}, and of ${many} rows at once: press to paint`,
  async run(bench: Bench) {
    const lectern = await startLectern(bench.library.copy())
    const send = sendTo(lectern.address)
    const cold: Times = new Map()
    const few: Times = new Map()
    const all: Times = new Map()
    try {
      for (let round = 0; round < bench.rounds(defaultRounds); round++) {
        const chapter = await createChapter(send, bench.library.filling.slice(0, size))
        await withCoursePage(bench.browser, lectern, chapter, async (page) => {
          await changeOne(page, chapter, cold)
          for (let repeat = 0; repeat < repeats; repeat++) await changeOne(page, chapter, few)
        })
        const full = await createChapter(send, bench.library.filling.slice(0, many))
        const empty = await addChapter(send, full.courseId, `Another than ${full.title}`)
        await withCoursePage(bench.browser, lectern, full, (page) =>
          changeMany(page, full, empty, all),
        )
      }
    } finally {
      await lectern.stop()
    }
    return [
      ...listMeasurements(few, twoFrames),
      ...listMeasurements(cold).map((measurement) => ({
        ...measurement,
        label: `${measurement.label}, a page’s first`,
      })),
      ...listMeasurements(all, 150),
    ]
  },
}

const listMeasurements = (times: Times, atMost?: number): Measurement[] =>
  [...times].map(([label, samples]) => ({
    label,
    unit: 'ms',
    samples,
    ...(atMost !== undefined && { target: { statistic: 'median', atMost } }),
  }))

async function changeOne(page: Page, chapter: Chapter, times: Times) {
  const list = listLabel(chapter)
  const row = (place: number) =>
    page.getByRole('list', { name: list, exact: true }).locator(`[aria-posinset="${place}"]`)
  const time = timer(page, times)
  const key = (key: string, count: number, place?: number, name?: string): Change => ({
    event: 'keydown',
    key,
    list,
    count,
    ...(place !== undefined && name !== undefined && { row: { place, name } }),
  })
  const nameAt = async (place: number) => (await row(place).getAttribute('aria-label')) ?? ''
  const [first, second] = [await nameAt(1), await nameAt(2)]

  await row(1).focus()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Filename' }).fill('Renamed.mp4')
  await time('Rename', key('Enter', size, 1, 'Renamed.mp4'), 'Enter')
  await row(1).focus()
  await time('Move by a row', key('ArrowDown', size, 2, 'Renamed.mp4'), 'Alt+ArrowDown')
  await time('Undo the move', key('z', size, 1, 'Renamed.mp4'), 'Control+z')
  await time('Undo the rename', key('z', size, 1, first), 'Control+z')
  await row(1).focus()
  await time('Remove', key('Delete', size - 1, 1, second), 'Delete')
  await time('Undo the removal', key('z', size, 1, first), 'Control+z')
}

async function changeMany(page: Page, full: Chapter, empty: Chapter, times: Times) {
  const list = listLabel(full)
  const time = timer(page, times)
  const key = (key: string, count: number): Change => ({ event: 'keydown', key, list, count })
  const selectAll = async () => {
    await page.getByRole('list', { name: list, exact: true }).getByRole('listitem').first().focus()
    await page.keyboard.press('Control+a')
    await page.getByText(`${many} videos selected`).waitFor()
  }

  await selectAll()
  await time(`Remove ${many}`, key('Delete', 0), 'Delete')
  await time(`Undo the removal of ${many}`, key('z', many), 'Control+z')
  await selectAll()
  await page.keyboard.press('m')
  const option = page.getByRole('option', { name: empty.title })
  const moved: Change = { event: 'click', list: listLabel(empty), count: many }
  await time(`Move ${many} to another chapter`, moved, () => option.click())
  await time(`Undo the move of ${many}`, key('z', many), 'Control+z')
}

/** Creates a function that makes a change and records how long it took. */
const timer =
  (page: Page, times: Times) =>
  async (label: string, change: Change, act: string | (() => Promise<void>)) => {
    const time = await watchWhile(page, watchChange, change, () =>
      typeof act === 'string' ? page.keyboard.press(act) : act(),
    )
    times.set(label, [...(times.get(label) ?? []), time])
    await page.getByText('All saved').waitFor()
  }
