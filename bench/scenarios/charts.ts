import type { Page } from 'playwright'
import type { Chapter } from '../../src/contract/chapters.ts'
import { makeChapter, type Send, sendTo } from '../chapter.ts'
import { listLabel, pick, pressAdd, withCoursePage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import {
  against,
  type Bench,
  type Measurement,
  type Scenario,
  type Target,
} from '../measurement.ts'
import { withPage } from '../page.ts'
import { firstDraw, watchSwitch } from '../watch-chart.ts'
import type { PressTimes } from '../watch-press.ts'

const chapterSize = 60
const added = 200
const usualRounds = 9
const switches = 5

/** How soon a chart is there, and what it costs the page whose actors it shows. */
export const charts: Scenario = {
  name: 'charts',
  title: `Statecharts: drawing, and adding ${added} videos while one is watched`,
  async run(bench: Bench) {
    const lectern = await startLectern(bench.library.copy())
    try {
      return [...(await drawing(bench, lectern)), ...(await watching(bench, lectern))]
    } finally {
      await lectern.stop()
    }
  },
}

async function drawing({ browser, rounds }: Bench, { address }: Lectern): Promise<Measurement[]> {
  const first: number[] = []
  const switched: number[] = []
  for (let round = 0; round < rounds(usualRounds); round++) {
    await withPage(browser, async (page) => {
      await page.goto(`${address}/charts?machine=video`)
      first.push(await page.evaluate(firstDraw, 'video'))
      for (let time = 0; time < switches; time++) {
        for (const machine of ['chapter', 'video']) {
          const shown = page.evaluate(watchSwitch, machine)
          await page.getByRole('combobox', { name: 'Machine' }).selectOption(machine)
          switched.push(await shown)
        }
      }
    })
  }
  return [
    {
      what: 'First draw of the largest machine, after the page’s load',
      unit: 'ms',
      samples: first,
      target: { of: 'median', atMost: 400 },
    },
    {
      what: 'Another machine is chosen',
      unit: 'ms',
      samples: switched,
      target: { of: 'median', atMost: 100 },
    },
  ]
}

type Watch = 'watched' | 'unwatched' | 'without'

/** The page whose actors a chart in another tab shows, against one that nobody watches and one that can’t be watched. */
async function watching(bench: Bench, lectern: Lectern): Promise<Measurement[]> {
  const send = sendTo(lectern.address)
  const times = new Map<Watch, PressTimes[]>([
    ['watched', []],
    ['unwatched', []],
    ['without', []],
  ])
  for (let round = 0; round < bench.rounds(usualRounds); round++) {
    // Each is first, second and last in turn: what one leaves behind, its tabs and garbage, the next one pays for.
    const all = [...times]
    const first = round % all.length
    for (const [watch, seen] of [...all.slice(first), ...all.slice(0, first)]) {
      seen.push(await addWhile(watch, bench, lectern, send))
    }
  }
  return [...compare('painted', times), ...compare('settled', times)]
}

async function addWhile(watch: Watch, bench: Bench, lectern: Lectern, send: Send) {
  const chapter = await makeChapter(send, bench.library.filling.slice(0, chapterSize))
  return withCoursePage(bench.browser, lectern, chapter, async (page) => {
    if (watch === 'without') {
      await page.addInitScript(
        'delete globalThis.BroadcastChannel; globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} }',
      )
    }
    // That takes effect with a new load, and a script that is loaded again starts faster: so all are.
    await page.reload()
    if (watch === 'watched') await openChart(page, lectern)
    await page.bringToFront()
    await pick(page, chapter, added)
    return add(page, chapter)
  })
}

/** Another tab, which shows the live chart of this one's chapter. */
async function openChart(page: Page, { address }: Lectern) {
  const tab = await page.context().newPage()
  await tab.goto(`${address}/charts?machine=chapter&mode=live`)
  const tabs = tab.getByRole('combobox', { name: 'Tab to watch' })
  const other = tabs.locator('option:not([value="here"])')
  await other.waitFor({ state: 'attached' })
  await tabs.selectOption(await other.getAttribute('value'))
  await tab.getByRole('button', { name: /^Chapter / }).click()
}

async function add(page: Page, chapter: Chapter): Promise<PressTimes> {
  const count = chapterSize + added
  const times = await pressAdd(page, { list: listLabel(chapter), added, count, untilSettled: true })
  await page.getByText(`${added} of ${added} linked`).waitFor()
  return times
}

/** The shares that the live chart may cost: watched against unwatched, and unwatched against none at all. */
function compare(what: 'painted' | 'settled', times: ReadonlyMap<Watch, PressTimes[]>) {
  const measured = (watch: Watch, words: string): Measurement => ({
    what: `${added} videos ${what}, ${words}`,
    unit: 'ms',
    samples: (times.get(watch) ?? []).map((time) => time[what]),
  })
  const without = measured('without', 'without live charts')
  const unwatched = measured('unwatched', 'unwatched')
  const watched = measured('watched', 'watched by a live chart')
  return [
    without,
    against(without, unwatched),
    against(unwatched, watched),
    ...[share(unwatched, without, 1.02), share(watched, unwatched, 1.15)],
  ]
}

function share(costly: Measurement, plain: Measurement, atMost: number): Measurement {
  const target: Target = { of: 'median', atMost }
  const samples = costly.samples.map(
    (sample, round) => sample / (plain.samples[round] ?? Number.NaN),
  )
  return {
    what: `${costly.what}, against ${plain.what.replace(/^.*, /, '')}`,
    unit: '×',
    samples,
    target,
  }
}
