import { linksOf, makeChapter, sendTo, singleLink } from '../chapter.ts'
import { listLabel, pick, pressAdd, withCoursePage } from '../course-page.ts'
import { type PageRequestTimes, sendFromPage } from '../in-page-requests.ts'
import { type Lectern, startLectern } from '../lectern.ts'
import { picksOf } from '../library.ts'
import { against, type Bench, type Measurement, type Scenario } from '../measurement.ts'

const added = 8
const usualRounds = 5

/** Eight links of one to two seconds. The same seed deals both contenders the same delays. */
export const slowLinks: Scenario = {
  name: 'slow-links',
  title: `${added} videos whose links take 1 to 2 s each`,
  async run(bench: Bench) {
    const through: number[] = []
    const serial: PageRequestTimes[] = []
    for (let seed = 1; seed <= bench.rounds(usualRounds); seed++) {
      through.push(await withSeed(bench, seed, throughLectern))
      serial.push(await withSeed(bench, seed, oneByOne))
    }
    const ratios = (ratio: (lectern: number, plain: PageRequestTimes) => number) =>
      serial.map((plain, round) => ratio(through[round] ?? Number.NaN, plain))
    const lectern: Measurement = { what: 'Lectern', unit: 'ms', samples: through }
    return [
      lectern,
      against(lectern, {
        what: 'One by one',
        unit: 'ms',
        samples: serial.map(({ total }) => total),
      }),
      {
        what: 'Lectern over the slowest single link',
        unit: '×',
        samples: ratios((ours, { each }) => ours / Math.max(...each)),
        target: { of: 'median', atMost: 1.1 },
      },
      {
        what: 'One by one over Lectern',
        unit: '×',
        samples: ratios((ours, { total }) => total / ours),
        target: { of: 'median', atLeast: 4 },
      },
    ]
  },
}

type Contender<Result> = (bench: Bench, lectern: Lectern) => Promise<Result>

async function withSeed<Result>(bench: Bench, seed: number, contender: Contender<Result>) {
  const faults = `latency=1000-2000,seed=${seed}`
  const lectern = await startLectern(bench.library.copy(), faults)
  try {
    return await contender(bench, lectern)
  } finally {
    await lectern.stop()
  }
}

async function throughLectern({ browser }: Bench, lectern: Lectern): Promise<number> {
  const chapter = await makeChapter(sendTo(lectern.address))
  return withCoursePage(browser, lectern, chapter, async (page) => {
    await pick(page, chapter, added)
    const list = listLabel(chapter)
    const press = { list, added, count: added, untilSettled: true }
    return (await pressAdd(page, press)).settled
  })
}

async function oneByOne({ browser, library }: Bench, lectern: Lectern) {
  const chapter = await makeChapter(sendTo(lectern.address))
  const links = linksOf(picksOf(library, added))
  const requests = links.map((link) => singleLink(chapter, link))
  return withCoursePage(browser, lectern, chapter, (page) =>
    page.evaluate(sendFromPage, { requests, atOnce: false }),
  )
}
