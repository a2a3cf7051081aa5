import type { Browser } from 'playwright'
import { createChapter, sendTo } from './chapter.ts'
import { addVideosTo, goToCourse, withCoursePage } from './course-page.ts'
import { type Checkout, type Lectern, startLectern, stopServers, thisCheckout } from './lectern.ts'
import { createLibrary, type Library } from './library.ts'
import { computeMedian, takeTurns } from './measurement.ts'
import { computeRatio, type Ratio } from './ratio.ts'

/** How adding `counts` videos is compared; `faults` as in LECTERN_FAULTS. */
export interface ComparisonSetup {
  title: string
  counts: readonly number[]
  faults?: string
}

/**
 * One measure of this checkout and of the other, in alternating rounds. A ratio below 1 means that
 * this one is faster.
 */
export interface Comparison {
  label: string
  /** Medians, in milliseconds. */
  current: number
  other: number
  /** This checkout over the other. */
  ratio: Ratio
  /** A second server of this checkout over the first: how far equal contenders differ. */
  control: Ratio
}

/** The scenarios that can be run against another checkout, by name. */
export const comparisons: Record<string, ComparisonSetup> = {
  'add-videos': { title: 'Press “Add N videos”', counts: [200, 20, 1] },
  'many-links': {
    title: 'Press “Add N videos”, links of 200 ms each',
    counts: [200, 50, 10, 1],
    faults: 'latency=200-200',
  },
}

const chapterSize = 60

/** A running server of a checkout, and what was measured in its pages: one entry per round. */
interface Contender {
  lectern: Lectern
  library: Library
  times: Times[]
}

/** In milliseconds since the press. */
type Times = Record<(typeof measures)[number], number>

const measures = [
  'on a fresh page, painted',
  'on a fresh page, settled',
  'on a warm page, painted',
  'on a warm page, settled',
] as const

/** Runs a scenario on the built servers and pages of this checkout and of another, in turns. */
export async function compareCheckouts(
  browser: Browser,
  otherCheckout: Checkout,
  { counts, faults = '' }: ComparisonSetup,
  rounds: number,
): Promise<Comparison[]> {
  const contenders: Contender[] = []
  const start = async (checkout: Checkout) => {
    const contender = await startContender(checkout, faults)
    contenders.push(contender)
    return contender
  }
  const results: Comparison[] = []
  try {
    const current = await start(thisCheckout)
    const control = await start(thisCheckout)
    const other = await start(otherCheckout)
    for (const count of counts) {
      for (const contender of contenders) contender.times = []
      await takeTurns(rounds, contenders, async (contender) => {
        contender.times.push(await measureAdditions(browser, contender, count))
      })
      for (const measure of measures) {
        const label = `N = ${count}, ${measure}`
        results.push(compare(label, measure, current, control, other))
      }
    }
    return results
  } finally {
    await stopServers()
    for (const { library } of contenders) library.remove()
  }
}

async function startContender(checkout: Checkout, faults: string): Promise<Contender> {
  const library = await createLibrary(checkout)
  const lectern = await startLectern(library.copy(), { faults, checkout })
  return { lectern, library, times: [] }
}

/**
 * Adds `count` videos twice: to a chapter on a fresh page, then to another one without a reload.
 */
async function measureAdditions(
  browser: Browser,
  { lectern, library }: Contender,
  count: number,
): Promise<Times> {
  const send = sendTo(lectern.address)
  const filling = library.filling.slice(0, chapterSize)
  const first = await createChapter(send, filling)
  const second = await createChapter(send, filling)
  const addition = { existing: chapterSize, added: count, untilSettled: true }
  return withCoursePage(browser, lectern, first, async (page) => {
    const fresh = await addVideosTo(page, send, first, addition)
    await goToCourse(page, second)
    const warm = await addVideosTo(page, send, second, addition)
    return {
      'on a fresh page, painted': fresh.painted,
      'on a fresh page, settled': fresh.settled,
      'on a warm page, painted': warm.painted,
      'on a warm page, settled': warm.settled,
    }
  })
}

function compare(
  label: string,
  measure: keyof Times,
  current: Contender,
  control: Contender,
  other: Contender,
): Comparison {
  const readSamples = ({ times }: Contender) => times.map((time) => time[measure])
  return {
    label,
    current: computeMedian(readSamples(current)),
    other: computeMedian(readSamples(other)),
    ratio: computeRatio(readSamples(current), readSamples(other)),
    control: computeRatio(readSamples(control), readSamples(current)),
  }
}
