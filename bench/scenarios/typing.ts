import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { createChapter, type Send, sendTo } from '../chapter.ts'
import { listLabel, pickVideos, pressAdd, watchWhile, withCoursePage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import type { Bench, Scenario } from '../measurement.ts'
import { watchTyping } from '../watch-typing.ts'

const chapterSize = 2000
const added = 200
const keyCount = 36
const keyInterval = 60
const defaultRounds = 6

/** Typing a new filename while links settle around it. */
export const typing: Scenario = {
  name: 'typing',
  title: `Typing in an editor under a list of ${chapterSize} rows: interaction to next paint`,
  async run(bench: Bench) {
    const { library, rounds } = bench
    const lectern = await startLectern(library.copy(), { faults: 'latency=500-2500' })
    const send = sendTo(lectern.address)
    const busy: number[] = []
    const idle: number[] = []
    const settledCounts: number[] = []
    try {
      for (let round = 0; round < rounds(defaultRounds); round++) {
        const { times, settled } = await typeWhileLinking(bench, lectern, send)
        busy.push(...times)
        settledCounts.push(settled)
        idle.push(...(await typeWhileIdle(bench, lectern, send)))
      }
    } finally {
      await lectern.stop()
    }
    const note = `${Math.min(...settledCounts)} to ${Math.max(...settledCounts)} of the ${added} links settled between the first key and the last; ${keyCount} keys a round, one every ${keyInterval} ms.`
    return [
      {
        label: `While ${added} links settle`,
        unit: 'ms',
        samples: busy,
        target: { statistic: 'p98', atMost: 100 },
        note,
      },
      { label: 'While the page is idle', unit: 'ms', samples: idle },
    ]
  },
}

async function typeWhileLinking({ browser, library }: Bench, lectern: Lectern, send: Send) {
  const chapter = await createChapter(send, library.filling)
  return withCoursePage(browser, lectern, chapter, async (page) => {
    await pickVideos(page, chapter, added)
    const count = chapterSize + added
    const list = listLabel(chapter)
    await pressAdd(page, { list, added, count, untilSettled: false })
    await openEditor(page, chapter, count - added + 1)
    const before = await readLinkedCount(page, chapter)
    const times = await typeFilename(page)
    return { times, settled: (await readLinkedCount(page, chapter)) - before }
  })
}

async function typeWhileIdle({ browser, library }: Bench, lectern: Lectern, send: Send) {
  const chapter = await createChapter(send, library.filling)
  return withCoursePage(browser, lectern, chapter, async (page) => {
    await openEditor(page, chapter, 1)
    return typeFilename(page)
  })
}

async function openEditor(page: Page, chapter: Chapter, row: number) {
  const list = page.getByRole('list', { name: listLabel(chapter), exact: true })
  const item = list.locator(`[aria-posinset="${row}"]`)
  await item.getByRole('button', { name: /^Rename / }).click()
  await page.getByRole('textbox', { name: 'Filename' }).waitFor()
}

async function typeFilename(page: Page): Promise<number[]> {
  const typed = 'm'.repeat(keyCount)
  const times = await watchWhile(page, watchTyping, keyCount, () =>
    page.keyboard.type(typed, { delay: keyInterval }),
  )
  const editor = page.getByRole('textbox', { name: 'Filename' })
  const value = await editor.inputValue()
  if (value === `${typed}.mp4` || value === `${typed}.webm`) return times
  throw new Error(`The editor holds “${value}” instead of what was typed`)
}

/** Reads the status line, which is updated at most every 400 ms. */
async function readLinkedCount(page: Page, chapter: Chapter): Promise<number> {
  const region = page.getByRole('region', { name: chapter.title, exact: true })
  return Number.parseInt((await region.getByText(/ of \d+ linked/).textContent()) ?? '', 10)
}
