import type { Chapter } from '#contract/chapters.ts'
import type { Link } from '#contract/videos.ts'
import { createApp } from '#server/app.ts'
import { boot } from '#server/boot.ts'
import { linkBatch, linkOne, linksOf, makeChapter, type Send, sendTo } from '../chapter.ts'
import { startLectern } from '../lectern.ts'
import { type Library, picksOf } from '../library.ts'
import {
  against,
  type Bench,
  type Measurement,
  type Scenario,
  type Target,
  timed,
} from '../measurement.ts'

const count = 200
const usualRounds = 40
const contenderRounds = 5
const target: Target = { of: 'median', atMost: 60 }

/** What a batch costs the server, without its page, and what the same links cost one by one. */
export const serverBatch: Scenario = {
  name: 'server-batch',
  title: `Server time of ${count} links, PGlite, no delay`,
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
  where: string,
  send: Send,
  library: Library,
  rounds: Bench['rounds'],
): Promise<Measurement[]> {
  const batches: number[] = []
  const serial: number[] = []
  const parallel: number[] = []

  async function time(link: (links: Link[], chapter: Chapter) => Promise<unknown>) {
    const chapter = await makeChapter(send)
    const links = linksOf(picksOf(library, count))
    return timed(() => link(links, chapter))
  }

  const batch = () => time((links, chapter) => linkBatch(send, chapter, links))
  const first = await batch()
  for (let round = 0; round < rounds(usualRounds); round++) {
    batches.push(await batch())
    if (round >= contenderRounds) continue
    serial.push(
      await time(async (links, chapter) => {
        for (const link of links) await linkOne(send, chapter, link)
      }),
    )
    parallel.push(
      await time((links, chapter) =>
        Promise.all(links.map((link) => linkOne(send, chapter, link))),
      ),
    )
  }
  const lectern: Measurement = { what: `One batch, ${where}`, unit: 'ms', samples: batches, target }
  return [
    lectern,
    against(lectern, { what: `The first after the start, ${where}`, unit: 'ms', samples: [first] }),
    against(lectern, { what: `${count} PUTs at once, ${where}`, unit: 'ms', samples: parallel }),
    against(lectern, { what: `${count} PUTs one by one, ${where}`, unit: 'ms', samples: serial }),
  ]
}
