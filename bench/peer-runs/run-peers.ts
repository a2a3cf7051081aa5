import { chromium } from 'playwright'
import { chromiumArgs } from '#scripts/browser.mjs'
import { errorMessage } from '#shared/error-message.ts'
import { createLibrary } from '../library.ts'
import { type Cell, estimateRun, formatCell } from './cells.ts'
import { randomFor } from './draw-fault.ts'
import { type CellResult, printCell, printLayers, writePeersResults } from './peers-report.ts'
import { estimateRequest, type PeersRequest } from './peers-request.ts'
import { startPeersServer } from './peers-server.ts'
import { type RunSetup, runOnce } from './run-once.ts'
import { weighLayers } from './weigh-layers.ts'

const orderPurpose = -6

/** Runs the request in Chromium, prints each cell when it is done, and writes the results. */
export async function runPeers(request: PeersRequest, executablePath: string) {
  const startedAt = new Date()
  const { cells, contenders, rounds, out } = request
  console.log(
    `${cells.length} cells, ${contenders.length} contenders, ${rounds} rounds: about ${formatTime(estimateRequest(request))}`,
  )
  const layers = await weighLayers()
  printLayers(layers)
  const browser = await chromium.launch({ executablePath, args: chromiumArgs() })
  const library = await createLibrary()
  const server = await startPeersServer(library.copy())
  const results: CellResult[] = []
  try {
    for (const cell of cells) {
      const result = await runCell({ browser, server, library }, request, cell)
      printCell(result)
      results.push(result)
      // After each cell, so that a long run may be stopped.
      if (out) {
        const chromiumVersion = browser.version()
        writePeersResults({ request, layers, results, startedAt, chromiumVersion }, out)
      }
    }
  } finally {
    await server.stop()
    library.remove()
    await browser.close()
  }
}

/** Runs a cell's contenders in turns, each round in another order. */
async function runCell(
  setup: RunSetup,
  { contenders, rounds, seed, patience }: PeersRequest,
  cell: Cell,
): Promise<CellResult> {
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
    console.log(`${formatCell(cell)}: round ${round + 1} of ${rounds}`)
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
  }
  return result
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
