import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { chromiumArgs, findChromium } from '#scripts/browser.mjs'
import { makeLibrary } from './library.ts'
import type { Bench, Scenario } from './measurement.ts'
import { printTable, type ScenarioResult, writeResults } from './report.ts'
import { addVideos } from './scenarios/add-videos.ts'
import { charts } from './scenarios/charts.ts'
import { manyLinks } from './scenarios/many-links.ts'
import { pageWeight } from './scenarios/page-weight.ts'
import { serverBatch } from './scenarios/server-batch.ts'
import { slowLinks } from './scenarios/slow-links.ts'
import { smallParts } from './scenarios/small-parts.ts'
import { startUp } from './scenarios/start-up.ts'
import { typing } from './scenarios/typing.ts'

const scenarios: Scenario[] = [
  addVideos,
  manyLinks,
  slowLinks,
  serverBatch,
  typing,
  pageWeight,
  charts,
  startUp,
  smallParts,
]

// `npm run bench -- typing --quick`: some scenarios only, or two rounds of each. Only a whole run is written down.
const { values, positionals: wanted } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const rounds = (usual: number) => (values.quick ? Math.min(usual, 2) : usual)
const chosen = scenarios.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const unknown = wanted.filter((name) => !scenarios.some((scenario) => scenario.name === name))
if (unknown.length > 0) {
  const names = scenarios.map(({ name }) => name).join(', ')
  console.error(`There is no scenario ${unknown.join(' and no ')}. Choose from ${names}.`)
  process.exit(1)
}

const browser = await chromium.launch({
  executablePath: findChromium() ?? '',
  args: chromiumArgs(),
})
const library = await makeLibrary()
const results: ScenarioResult[] = []
try {
  for (const scenario of chosen) {
    const result = await measure(scenario, { browser, library, rounds })
    printTable(result)
    results.push(result)
  }
} finally {
  await browser.close()
  library.remove()
}
if (wanted.length === 0 && !values.quick) writeResults(results, browser.version())

async function measure({ name, title, run }: Scenario, bench: Bench): Promise<ScenarioResult> {
  const loadBefore = loadavg()[0] ?? 0
  const begun = performance.now()
  const measurements = await run(bench)
  const seconds = (performance.now() - begun) / 1000
  return { name, title, loadBefore, seconds, measurements }
}
