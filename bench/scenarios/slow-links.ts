import { createChapter, createLinks, linkRequest, sendTo } from '../chapter.ts'
import { listLabel, pickVideos, pressAdd, withCoursePage } from '../course-page.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import { findPicks } from '../library.ts'
import { type Bench, compareTo, type Measurement, type Scenario } from '../measurement.ts'
import { type PageRequestTimes, sendFromPage } from '../page-requests.ts'

const added = 8
const defaultRounds = 5

/** Eight links of one to two seconds each. The same seed gives both contenders the same delays. */
export const slowLinks: Scenario = {
  name: 'slow-links',
  title: `${added} videos whose links take 1 to 2 s each`,
  async run(bench: Bench) {
    const lectern: number[] = []
    const sequential: PageRequestTimes[] = []
    for (let seed = 1; seed <= bench.rounds(defaultRounds); seed++) {
      lectern.push(await withSeed(bench, seed, addThroughLectern))
      sequential.push(await withSeed(bench, seed, sendOneAfterAnother))
    }
    const computeRatios = (ratio: (lectern: number, plain: PageRequestTimes) => number) =>
      sequential.map((plain, round) => ratio(lectern[round] ?? Number.NaN, plain))
    const base: Measurement = { label: 'Lectern', unit: 'ms', samples: lectern }
    return [
      base,
      compareTo(base, {
        label: 'Sequential PUTs',
        unit: 'ms',
        samples: sequential.map(({ total }) => total),
      }),
      {
        label: 'Lectern / slowest single link',
        unit: '×',
        samples: computeRatios((time, { each }) => time / Math.max(...each)),
        target: { statistic: 'median', atMost: 1.1 },
      },
      {
        label: 'Sequential PUTs / Lectern',
        unit: '×',
        samples: computeRatios((time, { total }) => total / time),
        target: { statistic: 'median', atLeast: 4 },
      },
    ]
  },
}

type Contender<Result> = (bench: Bench, lectern: Lectern) => Promise<Result>

async function withSeed<Result>(bench: Bench, seed: number, contender: Contender<Result>) {
  const faults = `latency=1000-2000,seed=${seed}`
  const lectern = await startLectern(bench.library.copy(), { faults })
  try {
    return await contender(bench, lectern)
  } finally {
    await lectern.stop()
  }
}

async function addThroughLectern({ browser }: Bench, lectern: Lectern): Promise<number> {
  const chapter = await createChapter(sendTo(lectern.address))
  return withCoursePage(browser, lectern, chapter, async (page) => {
    await pickVideos(page, chapter, added)
    const list = listLabel(chapter)
    const press = { list, added, count: added, untilSettled: true }
    return (await pressAdd(page, press)).settled
  })
}

async function sendOneAfterAnother({ browser, library }: Bench, lectern: Lectern) {
  const chapter = await createChapter(sendTo(lectern.address))
  const links = createLinks(findPicks(library, added))
  const requests = links.map((link) => linkRequest(chapter, link))
  return withCoursePage(browser, lectern, chapter, (page) =>
    page.evaluate(sendFromPage, { requests, parallel: false }),
  )
}
