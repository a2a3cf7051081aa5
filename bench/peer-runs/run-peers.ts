import type { Browser } from 'playwright'
import { errorMessage } from '#shared/error-message.ts'
import { stopServers } from '../lectern.ts'
import { createLibrary } from '../library.ts'
import { reportMissed } from '../report.ts'
import { type Cell, estimateRun, formatCell } from './cells.ts'
import { randomFor } from './draw-fault.ts'
import { listMissed, printCell, printLayers, writePeersResults } from './peers-report.ts'
import { estimateRequest, type PeersRequest } from './peers-request.ts'
import type { CellResult } from './peers-samples.ts'
import { startPeersServer } from './peers-server.ts'
import { type RunSetup, runOnce } from './run-once.ts'
import { weighLayers } from './weigh-layers.ts'

const orderPurpose = -6

/** Runs the request, prints each cell when it is done, and writes the results. */
export async function runPeers(browser: Browser, request: PeersRequest) {
  const startedAt = new Date()
  const { cells, contenders, rounds, out } = request
  console.log(
    `${cells.length} cells, ${contenders.length} contenders, ${rounds} rounds: about ${formatTime(estimateRequest(request))}`,
  )
  const layers = await weighLayers()
  printLayers(layers)
  const library = await createLibrary()
  const results: CellResult[] = []
  try {
    const server = await startPeersServer(library.copy())
    for (const cell of cells) {
      const setup = { browser, server, library }
      let latest: CellResult | undefined
      for await (latest of runRounds(setup, request, cell)) {
        // After each round, so that a long run may be stopped.
        if (!out) continue
        const all = [...results, latest]
        const chromiumVersion = browser.version()
        writePeersResults({ request, layers, results: all, startedAt, chromiumVersion }, out)
      }
      if (!latest) continue
      printCell(latest)
      results.push(latest)
    }
    const missed = listMissed(results)
    if (missed.length > 0) reportMissed(missed)
  } finally {
    await stopServers()
    library.remove()
  }
}

/** Runs a cell's contenders in turns, each round in another order; yields after each round. */
async function* runRounds(
  setup: RunSetup,
  { contenders, rounds, seed, patience }: PeersRequest,
  cell: Cell,
): AsyncGenerator<CellResult> {
  const running = contenders.filter((contender) => estimateRun(cell, contender) <= patience)
  const result: CellResult = {
    cell,
    contenders: running.map((contender) => ({ contender, runs: [] })),
    skipped: contenders
      .filter((contender) => !running.includes(contender))
      .map((contender) => ({ contender, estimate: estimateRun(cell, contender) })),
    failures: [],
  }
  for (let round = 0; round < rounds; round++) {
    const runSeed = seed * 10_000 + round
    console.log(`${formatBar(round, rounds)} ${formatCell(cell)}: round ${round + 1} of ${rounds}`)
    for (const entry of shuffle(result.contenders, randomFor(runSeed, orderPurpose))) {
      const { contender, runs } = entry
      try {
        runs[round] = await runOnce(setup, cell, contender, runSeed)
      } catch (error) {
        runs[round] = null
        const message = errorMessage(error)
        result.failures.push({ contender: contender.name, round, message })
        console.error(`${contender.name} failed in ${formatCell(cell)}: ${message}`)
      }
    }
    yield result
  }
}

const barWidth = 20

function formatBar(done: number, total: number): string {
  const filled = Math.round((done / total) * barWidth)
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
}

/** Returns a shuffled copy. */
export function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const shuffled: Item[] = []
  for (const item of items) {
    const place = Math.floor(random() * (shuffled.length + 1))
    shuffled.splice(place, 0, item)
  }
  return shuffled
}

function formatTime(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}
