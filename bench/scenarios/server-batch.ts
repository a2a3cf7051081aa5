import type { Chapter } from '#contract/chapters.ts'
import type { Link } from '#contract/videos.ts'
import { createApp } from '#server/app.ts'
import { boot } from '#server/boot.ts'
import { createChapter, createLinks, linkBatch, linkOne, type Send, sendTo } from '../chapter.ts'
import { startLectern } from '../lectern.ts'
import { findPicks, type Library } from '../library.ts'
import {
  type Bench,
  compareTo,
  type Measurement,
  measureTime,
  type Scenario,
  type Target,
} from '../measurement.ts'

const count = 200
const defaultRounds = 40
const plainClientRounds = 5
const target: Target = { statistic: 'median', atMost: 60 }

/**
 * The server's time for a batch, without the page, and for the same links in separate requests.
 */
export const serverBatch: Scenario = {
  name: 'server-batch',
  title: `Server time of ${count} links, PGlite, no latency`,
  async run({ library, rounds }: Bench) {
    const lectern = await startLectern(library.copy())
    const overHttp = await compare('over HTTP', sendTo(lectern.address), library, rounds)
    await lectern.stop()

    const { dependencies, close } = await boot({
      LECTERN_DATA: library.copy(),
      LECTERN_LOG: 'silent',
    })
    const app = createApp(dependencies)
    const inProcess = await compare('in-process', app.request, library, rounds)
    await close()
    return [...inProcess, ...overHttp]
  },
}

async function compare(
  transport: string,
  send: Send,
  library: Library,
  rounds: Bench['rounds'],
): Promise<Measurement[]> {
  const batches: number[] = []
  const sequential: number[] = []
  const parallel: number[] = []

  async function measure(link: (links: Link[], chapter: Chapter) => Promise<unknown>) {
    const chapter = await createChapter(send)
    const links = createLinks(findPicks(library, count))
    return measureTime(() => link(links, chapter))
  }

  const measureBatch = () => measure((links, chapter) => linkBatch(send, chapter, links))
  const first = await measureBatch()
  for (let round = 0; round < rounds(defaultRounds); round++) {
    batches.push(await measureBatch())
    if (round >= plainClientRounds) continue
    sequential.push(
      await measure(async (links, chapter) => {
        for (const link of links) await linkOne(send, chapter, link)
      }),
    )
    parallel.push(
      await measure((links, chapter) =>
        Promise.all(links.map((link) => linkOne(send, chapter, link))),
      ),
    )
  }
  const base: Measurement = {
    label: `One batch, ${transport}`,
    unit: 'ms',
    samples: batches,
    target,
  }
  return [
    base,
    compareTo(base, {
      label: `The first batch after the start, ${transport}`,
      unit: 'ms',
      samples: [first],
    }),
    compareTo(base, {
      label: `${count} parallel PUTs, ${transport}`,
      unit: 'ms',
      samples: parallel,
    }),
    compareTo(base, {
      label: `${count} sequential PUTs, ${transport}`,
      unit: 'ms',
      samples: sequential,
    }),
  ]
}
