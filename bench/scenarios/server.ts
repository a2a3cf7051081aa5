import path from 'node:path'
import postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import type { Link } from '#contract/videos.ts'
import { startPostgres } from '#scripts/postgres.mjs'
import { createChapter, createLinks, linkBatch, linkOne, type Send, sendTo } from '../chapter.ts'
import { type Lectern, spawnLectern, startLectern, thisCheckout } from '../lectern.ts'
import { findPicks, insertAssets, type Library } from '../library.ts'
import {
  type Bench,
  computePercentile,
  type Measurement,
  measureTime,
  type Scenario,
} from '../measurement.ts'
import { measureFolder } from './churn.ts'

const batchSize = 200
const chapterCount = 64
const singleCount = 640
const clientCounts = [1, 8, 64]
const defaultRounds = 3
const script = path.join(thisCheckout, 'dist/server/main.js')

/** How many links per second a server makes for many clients, and what they leave on disk. */
export const server: Scenario = {
  name: 'server',
  title: 'Links of many clients at once, over HTTP, no latency',
  async run({ library, rounds }: Bench) {
    const roundCount = rounds(defaultRounds)
    const embedded = await measureDatabase('PGlite', library, roundCount)
    const database = await startPostgres()
    try {
      const separate = await measureDatabase('Postgres', library, roundCount, database.url)
      return [...embedded, ...separate]
    } finally {
      await database.stop()
    }
  },
}

async function measureDatabase(
  name: string,
  library: Library,
  rounds: number,
  databaseUrl = '',
): Promise<Measurement[]> {
  const folder = library.copy()
  const measurements: Measurement[] = []
  const lectern = await startLectern(folder, { databaseUrl })
  const bytesBefore = measureFolder(folder)
  try {
    if (databaseUrl !== '') await fillPostgres(databaseUrl, library)
    for (const clients of clientCounts) {
      measurements.push(...(await measureClients(name, lectern, library, clients, rounds)))
    }
  } finally {
    await lectern.stop()
  }
  const linkCount = clientCounts.length * rounds * (chapterCount * batchSize + singleCount)
  if (databaseUrl === '') {
    const perLink = (measureFolder(folder) - bytesBefore) / linkCount
    const note = `after ${linkCount} links, with the server stopped`
    measurements.push({
      label: `${name}: data folder, per link`,
      unit: 'B',
      samples: [perLink],
      note,
    })
  }
  const restarts: number[] = []
  for (let round = 0; round < rounds; round++)
    restarts.push(await measureStart(folder, databaseUrl))
  return [...measurements, { label: `${name}: restart to ready`, unit: 'ms', samples: restarts }]
}

/** From the start of the server's process to its first response, in ms. */
async function measureStart(folder: string, databaseUrl: string): Promise<number> {
  let started: Lectern | undefined
  const time = await measureTime(async () => {
    started = await spawnLectern(script, folder, '', databaseUrl)
    await fetch(`${started.address}/api/health`)
  })
  await started?.stop()
  return time
}

/** Adds assets to a fresh Postgres, as copies of those in the demo that the server has seeded. */
async function fillPostgres(url: string, library: Library) {
  const sql = postgres(url, { onnotice: () => {} })
  await insertAssets(
    (text, rows) => sql.unsafe(text, [sql.json(rows)]),
    findPicks(library, batchSize),
  )
  await sql.end()
}

async function measureClients(
  name: string,
  { address }: Lectern,
  library: Library,
  clients: number,
  rounds: number,
): Promise<Measurement[]> {
  const send = sendTo(address)
  const assets = findPicks(library, batchSize)
  const batchRuns: Run[] = []
  const singleRuns: Run[] = []
  for (let round = 0; round < rounds; round++) {
    const batches = (await createJobs(send, createLinks(assets))).map(
      ({ chapter, links }) =>
        () =>
          linkBatch(send, chapter, links),
    )
    batchRuns.push(await runJobs(batches, clients))
    const few = assets.slice(0, singleCount / chapterCount)
    const chapters = await createJobs(send, createLinks(few))
    const singles = few.flatMap((_, index) =>
      chapters.map(
        ({ chapter, links }) =>
          () =>
            linkOne(send, chapter, links[index] as Link), // There are as many as in `few`.
      ),
    )
    singleRuns.push(await runJobs(singles, clients))
  }
  const who = clients === 1 ? '1 client' : `${clients} clients`
  return [
    ...describeRuns(`${name}, ${who}, batches of ${batchSize}`, batchRuns, batchSize),
    ...describeRuns(`${name}, ${who}, one at a time`, singleRuns, 1),
  ]
}

interface Job {
  chapter: Chapter
  links: Link[]
}

/** Creates chapters, and for each the same links with new ids. */
async function createJobs(send: Send, links: readonly Link[]): Promise<Job[]> {
  const jobs: Job[] = []
  while (jobs.length < chapterCount) {
    const chapter = await createChapter(send)
    jobs.push({ chapter, links: links.map((link) => ({ ...link, id: uuidv7() })) })
  }
  return jobs
}

/** How long jobs took, in ms. */
interface Run {
  total: number
  each: number[]
}

/** Runs all jobs: each client takes the next one when its last is done. */
async function runJobs(jobs: readonly (() => Promise<void>)[], clients: number): Promise<Run> {
  const each: number[] = []
  const queue = jobs.values()
  async function work() {
    for (const job of queue) each.push(await measureTime(job))
  }
  const total = await measureTime(() => Promise.all(Array.from({ length: clients }, work)))
  return { total, each }
}

const describeRuns = (label: string, runs: readonly Run[], linksPerJob: number): Measurement[] => [
  {
    label,
    unit: 'links/s',
    samples: runs.map(({ total, each }) => (1000 * linksPerJob * each.length) / total),
  },
  {
    label: `${label}, p99 of a request`,
    unit: 'ms',
    samples: runs.map(({ each }) => computePercentile(each, 0.99)),
  },
]
