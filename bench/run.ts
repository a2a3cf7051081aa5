import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright'
import { chromiumArgs } from '#scripts/browser.mjs'
import { UsageError } from '#scripts/command-line.mjs'
import { compareCheckouts, comparisons } from './compare-checkouts.ts'
import { stopServers } from './lectern.ts'
import { createLibrary } from './library.ts'
import type { Bench, Scenario } from './measurement.ts'
import {
  type PeersCommand,
  type PeersRequest,
  peersOptions,
  peersUsage,
  readPeersRequest,
} from './peer-runs/peers-request.ts'
import { runPeers } from './peer-runs/run-peers.ts'
import {
  listMissed,
  printComparisons,
  printTable,
  reportMissed,
  type ScenarioResult,
  writeResults,
} from './report.ts'
import { addVideos } from './scenarios/add-videos.ts'
import { changes } from './scenarios/changes.ts'
import { charts } from './scenarios/charts.ts'
import { churn } from './scenarios/churn.ts'
import { largeCourse } from './scenarios/large-course.ts'
import { live } from './scenarios/live.ts'
import { manyLinks } from './scenarios/many-links.ts'
import { pageWeight } from './scenarios/page-weight.ts'
import { reload } from './scenarios/reload.ts'
import { scale } from './scenarios/scale.ts'
import { searchLibrary } from './scenarios/search-library.ts'
import { server } from './scenarios/server.ts'
import { serverBatch } from './scenarios/server-batch.ts'
import { slowLinks } from './scenarios/slow-links.ts'
import { smallParts } from './scenarios/small-parts.ts'
import { startUp } from './scenarios/start-up.ts'
import { typing } from './scenarios/typing.ts'
import { uploads } from './scenarios/uploads.ts'

const scenarios: Scenario[] = [
  addVideos,
  manyLinks,
  slowLinks,
  serverBatch,
  server,
  churn,
  typing,
  changes,
  largeCourse,
  scale,
  searchLibrary,
  reload,
  live,
  pageWeight,
  charts,
  startUp,
  smallParts,
  uploads,
]

const quickRounds = 2
const comparisonRounds = 15

/** The options of `npm run bench`, for `parseArgs`. */
export const options = {
  against: { type: 'string' },
  quick: { type: 'boolean' },
  rounds: { type: 'string' },
  ...peersOptions,
} as const

export const usage = `npm run bench -- [SCENARIO...] [options]

Measures the production build in Chromium. A run of all scenarios writes bench/results.

Scenarios: ${scenarios.map(({ name }) => name).join(', ')}

  --quick            ${quickRounds} rounds of each, to see that everything works
  --rounds N         N rounds of each
  --against FOLDER   run ${Object.keys(comparisons).join(' or ')} in turns for this checkout and for another, which
                     npm run build has built in FOLDER; prints the ratio of the medians (below 1:
                     this one is faster), the 95 % interval of the ratio, and a control: this
                     checkout against itself; such as
                     npm run bench -- add-videos --against ../lectern-before
  --help             this text

${peersUsage}`

interface CommandLine {
  values: { against?: string; quick?: boolean; rounds?: string } & PeersCommand
  positionals: string[]
}

/** What a command line requests. */
type BenchRequest =
  | { kind: 'measure'; scenarios: Scenario[]; rounds: Bench['rounds']; isWhole: boolean }
  | { kind: 'peers'; peers: PeersRequest }
  | { kind: 'compare'; scenario: string; against: string; rounds: number }

/** Parses a command line. @throws UsageError */
export function readRequest({ values, positionals }: CommandLine): BenchRequest {
  const { quick = false, against } = values
  if (positionals.includes('peers')) return readPeers({ values, positionals })
  const foreign = Object.keys(peersOptions).find((option) => option in values)
  if (foreign !== undefined) throw new UsageError(`--${foreign} works only with peers. See --help.`)
  const unknown = positionals.find((name) => !scenarios.some((scenario) => scenario.name === name))
  if (unknown !== undefined) {
    const names = [...scenarios.map(({ name }) => name), 'peers'].join(', ')
    throw new UsageError(`Unknown scenario ${unknown}. Available: ${names}.`)
  }
  const rounds = values.rounds === undefined ? undefined : readCount(values.rounds)
  if (against !== undefined) {
    const scenario = readComparison(positionals)
    const defaultRounds = quick ? quickRounds : comparisonRounds
    return {
      kind: 'compare',
      scenario,
      against: readBuild(against),
      rounds: rounds ?? defaultRounds,
    }
  }
  return {
    kind: 'measure',
    scenarios: scenarios.filter(
      ({ name }) => positionals.length === 0 || positionals.includes(name),
    ),
    rounds: (defaultRounds) =>
      rounds ?? (quick ? Math.min(defaultRounds, quickRounds) : defaultRounds),
    isWhole: positionals.length === 0 && !quick && rounds === undefined,
  }
}

function readPeers({ values, positionals }: CommandLine): BenchRequest {
  if (positionals.length > 1 || values.against !== undefined) {
    throw new UsageError('peers can’t be combined with scenarios or --against. See --help.')
  }
  return { kind: 'peers', peers: readPeersRequest(values) }
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new UsageError(`--rounds takes a whole number from 1 to 9999, not ${text}.`)
}

function readComparison(names: readonly string[]): string {
  const [name, ...others] = names
  if (name !== undefined && others.length === 0 && name in comparisons) return name
  throw new UsageError(
    `--against takes one scenario: ${Object.keys(comparisons).join(' or ')}. See --help.`,
  )
}

function readBuild(folder: string): string {
  const checkout = path.resolve(folder)
  if (existsSync(path.join(checkout, 'dist/server/main.js'))) return checkout
  throw new UsageError(`${folder} has no build. Run \`npm run build\` there.`)
}

/** Runs the request in Chromium and prints the results. */
export async function runBench(request: BenchRequest, executablePath: string) {
  const browser = await chromium.launch({ executablePath, args: chromiumArgs() })
  try {
    if (request.kind === 'peers') await runPeers(browser, request.peers)
    else if (request.kind === 'compare') await compare(browser, request)
    else await measure(browser, request)
  } finally {
    await browser.close()
  }
}

async function compare(
  browser: Browser,
  { scenario, against, rounds }: Extract<BenchRequest, { kind: 'compare' }>,
) {
  const setup = comparisons[scenario]
  if (!setup) throw new Error(`${scenario} can’t be compared`)
  const results = await compareCheckouts(browser, against, setup, rounds)
  printComparisons(`${setup.title}, against ${against}: ${rounds} rounds in turns`, results)
}

async function measure(
  browser: Browser,
  { scenarios, rounds, isWhole }: Extract<BenchRequest, { kind: 'measure' }>,
) {
  const library = await createLibrary()
  const results: ScenarioResult[] = []
  try {
    for (const scenario of scenarios) {
      const result = await runScenario(scenario, { browser, library, rounds })
      printTable(result)
      results.push(result)
    }
  } finally {
    await stopServers()
    library.remove()
  }
  if (isWhole) writeResults(results, browser.version())
  const missed = results.flatMap(({ measurements }) => listMissed(measurements))
  if (missed.length > 0) reportMissed(missed)
}

async function runScenario({ name, title, run }: Scenario, bench: Bench): Promise<ScenarioResult> {
  const loadBefore = loadavg()[0] ?? 0
  const startedAt = performance.now()
  const measurements = await run(bench)
  const seconds = (performance.now() - startedAt) / 1000
  return { name, title, loadBefore, seconds, measurements }
}
