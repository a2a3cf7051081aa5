import type { CDPSession, Page } from 'playwright'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import type { Chapter } from '#contract/chapters.ts'
import { createHub, createRing, createSteps } from '#scripts/charts/large-charts.ts'
import { createChapter, createChapters, sendTo } from '../chapter.ts'
import {
  goToCourse,
  listLabel,
  pickVideos,
  pressAdd,
  withCoursePage,
  withPage,
} from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import {
  type Bench,
  compareTo,
  type Measurement,
  type Scenario,
  takeTurns,
} from '../measurement.ts'
import { measureFirstDraw, watchSwitch } from '../watch-chart.ts'
import type { PressTimes } from '../watch-press.ts'

const chapterSize = 60
const added = 200
const defaultRounds = 9
const idleRounds = 25
const switchesPerRound = 5

/**
 * How fast charts are laid out and drawn, and what a live chart costs the page whose actors it
 * shows.
 */
export const charts: Scenario = {
  name: 'charts',
  title: `Statecharts: drawing, and adding ${added} videos under a live chart`,
  async run(bench: Bench) {
    const lectern = await startLectern(bench.library.copy())
    try {
      return [
        ...measureLayouts(bench),
        ...(await measureDrawing(bench, lectern)),
        ...(await measureWatching(bench, lectern)),
        ...(await measureIdling(bench, lectern)),
      ]
    } finally {
      await lectern.stop()
    }
  },
}

/** Lays out, in this process, the kinds of charts that are hard to lay out quickly. */
function measureLayouts({ rounds }: Bench): Measurement[] {
  const machines = [
    { label: '100 steps', machine: createSteps(100), atMost: 3_000 },
    { label: '200 steps', machine: createSteps(200), atMost: 10_000 },
    { label: 'a ring of 100 states with jumps', machine: createRing(100, 50), atMost: 3_000 },
    { label: 'a ring of 200 states with jumps', machine: createRing(200, 100), atMost: 10_000 },
    { label: '49 states around a hub', machine: createHub(49), atMost: 3_000 },
  ]
  return machines.map(({ label, machine, atMost }) => {
    const chart = readChart(machine)
    const samples = Array.from({ length: rounds(defaultRounds) }, () => {
      const startedAt = performance.now()
      computeLayout({ chart, direction: 'down', collapsed: new Set() }, estimateText)
      return performance.now() - startedAt
    })
    const target = { statistic: 'median', atMost } as const
    return { label: `Laying out ${label}`, unit: 'ms', samples, target }
  })
}

async function measureDrawing(
  { browser, rounds }: Bench,
  { address }: Lectern,
): Promise<Measurement[]> {
  const first: number[] = []
  const switched: number[] = []
  for (let round = 0; round < rounds(defaultRounds); round++) {
    await withPage(browser, async (page) => {
      await page.goto(`${address}/charts?machine=video`)
      first.push(await page.evaluate(measureFirstDraw, 'video'))
      for (let time = 0; time < switchesPerRound; time++) {
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
      label: 'First drawing of the largest machine, after the load event',
      unit: 'ms',
      samples: first,
      target: { statistic: 'median', atMost: 400 },
    },
    {
      label: 'Switching to another machine',
      unit: 'ms',
      samples: switched,
      target: { statistic: 'median', atMost: 100 },
    },
  ]
}

/** The cost of adding videos, in milliseconds. */
interface Cost extends PressTimes {
  /** CPU time of the page's main thread, which other load on the machine hardly affects. */
  mainThread: number
}

interface Contender {
  description: string
  costs: Cost[]
}

/** A page whose actors a chart in another tab shows, against a page whose chart was closed. */
async function measureWatching(bench: Bench, lectern: Lectern): Promise<Measurement[]> {
  const send = sendTo(lectern.address)
  const unwatched: Contender = { description: 'unwatched', costs: [] }
  const watched: Contender = { description: 'watched by a live chart', costs: [] }
  await takeTurns(bench.rounds(defaultRounds), [unwatched, watched], async (contender) => {
    const chapter = await createChapter(send, bench.library.filling.slice(0, chapterSize))
    await withCoursePage(bench.browser, lectern, chapter, async (page) => {
      const chart = await openChart(page, lectern)
      if (contender === unwatched) await chart.close()
      await page.bringToFront()
      contender.costs.push(await add(page, chapter))
    })
  })
  const compareCost = createComparison(unwatched, watched)
  return [...compareCost('painted', 1.15), ...compareCost('settled', 1.15)]
}

/**
 * A page that nobody watches, against one that can’t be watched. A second one of the latter is the
 * control: it shows how far equal pages differ. The pages go from course to course, since the times
 * of fresh pages vary too much.
 */
async function measureIdling(bench: Bench, lectern: Lectern): Promise<Measurement[]> {
  const send = sendTo(lectern.address)
  const rounds = bench.rounds(idleRounds)

  async function withContender(
    description: string,
    prepare: (page: Page) => Promise<unknown>,
    use: (contender: PageContender) => Promise<Measurement[]>,
  ) {
    const filling = bench.library.filling.slice(0, chapterSize)
    const [first, ...chapters] = await createChapters(send, filling, rounds + 1)
    return withCoursePage(bench.browser, lectern, first, async (page) => {
      await prepare(page)
      // The reload runs the prepared script; every page reloads, since cached scripts start faster.
      await page.reload()
      await add(page, first)
      return use({ description, costs: [], page, chapters })
    })
  }

  async function addInTurn({ page, chapters, costs }: PageContender) {
    const chapter = chapters.pop()
    if (!chapter) throw new Error('There are too few chapters')
    await page.bringToFront()
    await goToCourse(page, chapter)
    costs.push(await add(page, chapter))
  }

  return withContender('without live charts', disableLiveCharts, (without) =>
    withContender('also without live charts', disableLiveCharts, (control) =>
      withContender(
        'unwatched, on a warm page',
        async () => {},
        async (unwatched) => {
          await takeTurns(rounds, [without, control, unwatched], addInTurn)
          const compareUnwatched = createComparison(without, unwatched)
          const compareControl = createComparison(without, control)
          return idleCosts.flatMap((cost) => [
            ...compareUnwatched(cost, 1.02),
            // The first line is the same as above.
            ...compareControl(cost).slice(1),
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

/** Keeps other tabs from watching the page's actors, from the next load on. */
const disableLiveCharts = (page: Page) =>
  page.addInitScript(
    'delete globalThis.BroadcastChannel; globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} close() {} }',
  )

/** Opens another tab with the live chart of this one's chapter. */
async function openChart(page: Page, { address }: Lectern) {
  const tab = await page.context().newPage()
  await tab.goto(`${address}/charts?machine=chapter&mode=live`)
  const tabs = tab.getByRole('combobox', { name: 'Tab to watch' })
  const otherTab = tabs.locator('option:not([value="here"])')
  await otherTab.waitFor({ state: 'attached' })
  await tabs.selectOption(await otherTab.getAttribute('value'))
  await tab.getByRole('button', { name: /^Subject \d/ }).click()
  return tab
}

async function add(page: Page, chapter: Chapter): Promise<Cost> {
  await pickVideos(page, chapter, added)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await readMainThreadTime(session)
  const count = chapterSize + added
  const times = await pressAdd(page, { list: listLabel(chapter), added, count, untilSettled: true })
  await page.getByText(`${added} of ${added} linked`).waitFor()
  const mainThread = (await readMainThreadTime(session)) - before
  await session.detach()
  return { ...times, mainThread }
}

async function readMainThreadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

const costLabels = {
  painted: `${added} videos painted`,
  settled: `${added} videos settled`,
  mainThread: `${added} videos added, CPU time of the page’s main thread`,
}

/** Measurements of both contenders, and the ratio of each round with its target. */
const createComparison =
  (plain: Contender, costly: Contender) =>
  (name: keyof typeof costLabels, atMost?: number): Measurement[] => {
    const toMeasurement = ({ description, costs }: Contender): Measurement => ({
      label: `${costLabels[name]}, ${description}`,
      unit: 'ms',
      samples: costs.map((cost) => cost[name]),
    })
    const ratios = costly.costs.map(
      (cost, round) => cost[name] / (plain.costs[round]?.[name] ?? Number.NaN),
    )
    return [
      toMeasurement(plain),
      compareTo(toMeasurement(plain), toMeasurement(costly)),
      {
        label: `${costLabels[name]}, ${costly.description} / ${plain.description}`,
        unit: '×',
        samples: ratios,
        ...(atMost !== undefined && { target: { statistic: 'median', atMost } }),
      },
    ]
  }
