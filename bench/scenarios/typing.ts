import type { Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapter, type Send, sendTo } from '../chapter.ts'
import { listLabel, pick, pressAdd, withCoursePage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import type { Bench, Scenario } from '../measurement.ts'
import { watchTyping } from '../watch-typing.ts'

const chapterSize = 2000
const added = 200
const keys = 36
const keyInterval = 60
const usualRounds = 6

/** Typing a new name while links settle all around it. */
export const typing: Scenario = {
  name: 'typing',
  title: `Typing in an editor under a list of ${chapterSize} rows: interaction to next paint`,
  async run(bench: Bench) {
    const { library, rounds } = bench
    const lectern = await startLectern(library.copy(), 'latency=500-2500')
    const send = sendTo(lectern.address)
    const busy: number[] = []
    const calm: number[] = []
    const settledMeanwhile: number[] = []
    try {
      for (let round = 0; round < rounds(usualRounds); round++) {
        const { times, settled } = await typeWhileLinking(bench, lectern, send)
        busy.push(...times)
        settledMeanwhile.push(settled)
        calm.push(...(await typeInPeace(bench, lectern, send)))
      }
    } finally {
      await lectern.stop()
    }
    const note = `${Math.min(...settledMeanwhile)} to ${Math.max(...settledMeanwhile)} of the ${added} links settled between the first key and the last; ${keys} keys a round, one every ${keyInterval} ms.`
    return [
      {
        what: `While ${added} links settle`,
        unit: 'ms',
        samples: busy,
        target: { of: 'p98', atMost: 100 },
        note,
      },
      { what: 'While nothing happens', unit: 'ms', samples: calm },
    ]
  },
}

async function typeWhileLinking({ browser, library }: Bench, lectern: Lectern, send: Send) {
  const chapter = await makeChapter(send, library.filling)
  return withCoursePage(browser, lectern, chapter, async (page) => {
    await pick(page, chapter, added)
    const count = chapterSize + added
    const list = listLabel(chapter)
    await pressAdd(page, { list, added, count, untilSettled: false })
    await edit(page, chapter, count - added + 1)
    const before = await linkedOf(page, chapter)
    const times = await type(page)
    return { times, settled: (await linkedOf(page, chapter)) - before }
  })
}

async function typeInPeace({ browser, library }: Bench, lectern: Lectern, send: Send) {
  const chapter = await makeChapter(send, library.filling)
  return withCoursePage(browser, lectern, chapter, async (page) => {
    await edit(page, chapter, 1)
    return type(page)
  })
}

async function edit(page: Page, chapter: Chapter, place: number) {
  const list = page.getByRole('list', { name: listLabel(chapter), exact: true })
  const row = list.locator(`[aria-posinset="${place}"]`)
  await row.getByRole('button', { name: /^Rename / }).click()
  await page.getByRole('textbox', { name: 'Filename' }).waitFor()
}

async function type(page: Page): Promise<number[]> {
  const typed = 'm'.repeat(keys)
  const times = page.evaluate(watchTyping, keys)
  // Input takes a way of its own into the page, and might overtake the watch.
  await page.evaluate(() => undefined)
  await page.keyboard.type(typed, { delay: keyInterval })
  const editor = page.getByRole('textbox', { name: 'Filename' })
  const value = await editor.inputValue()
  if (value === `${typed}.mp4` || value === `${typed}.webm`) return times
  throw new Error(`The editor holds “${value}”, and not what was typed`)
}

/** What the status line says, which follows the links at most every 400 ms. */
async function linkedOf(page: Page, chapter: Chapter): Promise<number> {
  const region = page.getByRole('region', { name: chapter.title, exact: true })
  return Number.parseInt((await region.getByText(/ of \d+ linked/).textContent()) ?? '', 10)
}
