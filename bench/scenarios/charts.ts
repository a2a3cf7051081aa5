import type { CDPSession, Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapter, makeChapters, sendTo } from '../chapter.ts'
import { goToCourse, listLabel, pick, pressAdd, withCoursePage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import { against, type Bench, type Measurement, type Scenario } from '../measurement.ts'
import { withPage } from '../page.ts'
import { firstDraw, watchSwitch } from '../watch-chart.ts'
import type { PressTimes } from '../watch-press.ts'

const chapterSize = 60
const added = 200
const usualRounds = 9
const idleRounds = 25
const switches = 5

/** How soon a chart is there, and what it costs the page whose actors it shows. */
export const charts: Scenario = {
  name: 'charts',
  title: `Statecharts: drawing, and adding ${added} videos while one is watched`,
  async run(bench: Bench) {
    const lectern = await startLectern(bench.library.copy())
    try {
      return [
        ...(await drawing(bench, lectern)),
        ...(await watching(bench, lectern)),
        ...(await idling(bench, lectern)),
      ]
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

/** What adding took, in milliseconds. */
interface Cost extends PressTimes {
  /** CPU time of the page's main thread: what others take on the machine is not in it. */
  mainThread: number
}

interface Contender {
  words: string
  costs: Cost[]
}

/** The page whose actors a chart in another tab shows, against one whose chart was closed before. */
async function watching(bench: Bench, lectern: Lectern): Promise<Measurement[]> {
  const send = sendTo(lectern.address)
  const unwatched: Contender = { words: 'unwatched', costs: [] }
  const watched: Contender = { words: 'watched by a live chart', costs: [] }
  await takeTurns(bench.rounds(usualRounds), [unwatched, watched], async (contender) => {
    const chapter = await makeChapter(send, bench.library.filling.slice(0, chapterSize))
    await withCoursePage(bench.browser, lectern, chapter, async (page) => {
      const chart = await openChart(page, lectern)
      if (contender === unwatched) await chart.close()
      await page.bringToFront()
      contender.costs.push(await add(page, chapter))
    })
  })
  const compared = compare(unwatched, watched)
  return [...compared('painted', 1.15), ...compared('settled', 1.15)]
}

/**
 * A page that nobody watches, against one that can’t be watched. Another of that kind tells by how much two equal pages
 * differ. They go on from course to course: a fresh page's times differ too much.
 */
async function idling(bench: Bench, lectern: Lectern): Promise<Measurement[]> {
  const send = sendTo(lectern.address)
  const rounds = bench.rounds(idleRounds)

  async function withContender(
    words: string,
    prepare: (page: Page) => Promise<unknown>,
    use: (contender: PageContender) => Promise<Measurement[]>,
  ) {
    const filling = bench.library.filling.slice(0, chapterSize)
    const [first, ...chapters] = await makeChapters(send, filling, rounds + 1)
    return withCoursePage(bench.browser, lectern, first, async (page) => {
      await prepare(page)
      // What was prepared takes effect, and a script that is loaded again starts faster: so each page is loaded twice.
      await page.reload()
      await add(page, first)
      return use({ words, costs: [], page, chapters })
    })
  }

  async function addInTurn({ page, chapters, costs }: PageContender) {
    const chapter = chapters.pop()
    if (!chapter) throw new Error('There are fewer chapters than rounds')
    await page.bringToFront()
    await goToCourse(page, chapter)
    costs.push(await add(page, chapter))
  }

  return withContender('without live charts', endLiveCharts, (without) =>
    withContender('also without live charts', endLiveCharts, (control) =>
      withContender(
        'unwatched, again on the same page',
        async () => {},
        async (unwatched) => {
          await takeTurns(rounds, [without, control, unwatched], addInTurn)
          const compared = compare(without, unwatched)
          const controlled = compare(without, control)
          return idleCosts.flatMap((what) => [
            ...compared(what, 1.02),
            // What they are compared with is told already.
            ...controlled(what).slice(1),
          ])
        },
      ),
    ),
  )
}

interface PageContender extends Contender {
  page: Page
  chapters: Chapter[]
}

const idleCosts = ['painted', 'settled', 'mainThread'] as const

/** From the next load on, nobody can ask the page for its actors. */
const endLiveCharts = (page: Page) =>
  page.addInitScript(
    'delete globalThis.BroadcastChannel; globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} }',
  )

/** Each is first and last in turn: what one leaves behind, its tabs and garbage, the next one pays for. */
async function takeTurns<One>(
  rounds: number,
  contenders: readonly One[],
  act: (contender: One) => Promise<void>,
) {
  for (let round = 0; round < rounds; round++) {
    const first = round % contenders.length
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      await act(contender)
    }
  }
}

/** Another tab, which shows the live chart of this one's chapter. */
async function openChart(page: Page, { address }: Lectern) {
  const tab = await page.context().newPage()
  await tab.goto(`${address}/charts?machine=chapter&mode=live`)
  const tabs = tab.getByRole('combobox', { name: 'Tab to watch' })
  const other = tabs.locator('option:not([value="here"])')
  await other.waitFor({ state: 'attached' })
  await tabs.selectOption(await other.getAttribute('value'))
  await tab.getByRole('button', { name: /^Subject \d/ }).click()
  return tab
}

async function add(page: Page, chapter: Chapter): Promise<Cost> {
  await pick(page, chapter, added)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await mainThreadTime(session)
  const count = chapterSize + added
  const times = await pressAdd(page, { list: listLabel(chapter), added, count, untilSettled: true })
  await page.getByText(`${added} of ${added} linked`).waitFor()
  const mainThread = (await mainThreadTime(session)) - before
  await session.detach()
  return { ...times, mainThread }
}

async function mainThreadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

const wordsOf = {
  painted: `${added} videos painted`,
  settled: `${added} videos settled`,
  mainThread: `${added} videos added, CPU time of the page’s main thread`,
}

/** What of the cost both have, and the most that the costly one may take of what the plain one takes. */
const compare =
  (plain: Contender, costly: Contender) =>
  (what: keyof typeof wordsOf, atMost?: number): Measurement[] => {
    const measured = ({ words, costs }: Contender): Measurement => ({
      what: `${wordsOf[what]}, ${words}`,
      unit: 'ms',
      samples: costs.map((cost) => cost[what]),
    })
    const shares = costly.costs.map(
      (cost, round) => cost[what] / (plain.costs[round]?.[what] ?? Number.NaN),
    )
    return [
      measured(plain),
      against(measured(plain), measured(costly)),
      {
        what: `${wordsOf[what]}, ${costly.words}, against ${plain.words}`,
        unit: '×',
        samples: shares,
        ...(atMost !== undefined && { target: { of: 'median', atMost } }),
      },
    ]
  }
