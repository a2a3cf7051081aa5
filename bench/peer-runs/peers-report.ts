import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { thisCheckout } from '../lectern.ts'
import { computeMedian, computeStatistic } from '../measurement.ts'
import type { Ratio } from '../ratio.ts'
import { printLines } from '../report.ts'
import { formatCell } from './cells.ts'
import { judgeCell } from './judge-cell.ts'
import type { PeersRequest } from './peers-request.ts'
import { type CellResult, compareRuns, type Runs, readSamples } from './peers-samples.ts'
import { renderReportPage } from './report-page.ts'
import type { RunResult } from './run-once.ts'
import type { LayerWeight } from './weigh-layers.ts'

export interface PeersResults {
  request: PeersRequest
  layers: readonly LayerWeight[]
  results: readonly CellResult[]
  startedAt: Date
  chromiumVersion: string
}

type Measure = keyof RunResult

interface Column {
  title: string
  measure: Measure
  /** Whether to show the sum over all runs, which says more than their median. */
  total?: boolean
}

const times: readonly Column[] = [
  { title: 'painted', measure: 'painted' },
  { title: 'settled', measure: 'settled' },
  { title: 'longest interaction', measure: 'longestInteraction' },
]

const counts: readonly Column[] = [
  { title: 'wrong frames', measure: 'wrongFrames' },
  { title: 'missing', measure: 'missing' },
  { title: 'vanished', measure: 'vanished' },
  { title: 'doubled', measure: 'doubled' },
  { title: 'stale', measure: 'stale' },
  { title: 'misplaced', measure: 'misplaced' },
  { title: 'edits lost', measure: 'editsLost', total: true },
  { title: 'frames without focus', measure: 'unfocusedFrames' },
  { title: 'requests', measure: 'requests' },
  { title: 'refetches', measure: 'lists' },
  { title: 'long tasks', measure: 'longTasks' },
  { title: 'blocked, ms', measure: 'blockedTime' },
  { title: 'heap, MiB', measure: 'heap' },
]

type Line = readonly string[]

/** Prints the tables of a cell. */
export function printCell(result: CellResult) {
  console.log(`\n${formatCell(result.cell)}`)
  printLines(formatTimes(result))
  console.log('')
  printLines(formatCounts(result))
  for (const note of listNotes(result)) console.log(`  ${note}`)
  for (const line of formatTargets(result)) console.log(`  ${line}`)
}

/** Prints what each layer weighs. */
export function printLayers(layers: readonly LayerWeight[]) {
  console.log('')
  printLines(formatLayers(layers))
}

/** The targets that Lectern misses, with their cells; not those that the noise can't decide. */
export const listMissed = (results: readonly CellResult[]): string[] =>
  results.flatMap((result) =>
    judgeCell(result)
      .filter(({ verdict }) => verdict === 'NO')
      .map(({ target, reason }) => `${formatCell(result.cell)}: ${target} (${reason})`),
  )

const formatTargets = (result: CellResult): string[] =>
  judgeCell(result).map(
    ({ target, verdict, reason }) => `${target}: ${verdict}${reason === '' ? '' : ` (${reason})`}`,
  )

/**
 * Writes every run to `peers.json` or, in bench/results, to `peers-<date>.json`, the tables to
 * `peers.md`, and plots to `report.html`, by default in bench/.
 */
export function writePeersResults(results: PeersResults, out: string) {
  const isDefault = out === 'results'
  const folder = isDefault ? path.join(thisCheckout, 'bench/results') : path.resolve(out)
  const { startedAt, request } = results
  const file = isDefault ? `peers-${startedAt.toISOString().slice(0, 10)}.json` : 'peers.json'
  const machine = describeMachine(results)
  mkdirSync(folder, { recursive: true })
  const { layers, results: cells } = results
  const content = { at: startedAt.toISOString(), machine, request, layers, cells }
  writeFileSync(path.join(folder, file), `${JSON.stringify(content, roundNumbers, 1)}\n`)
  const about = `${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, by \`${machine.command}\`, seed ${request.seed}: production builds, Chromium ${machine.chromium}, Node ${machine.node}, ${machine.cores} cores of ${machine.processor}, load ${machine.load}.`
  const page = path.join(isDefault ? path.join(thisCheckout, 'bench') : folder, 'report.html')
  writeFileSync(page, renderReportPage(about.replaceAll('`', ''), cells))
  const lines = [
    '# Adding many videos: Lectern and its peers',
    '',
    `${about} Every run is in [${file}](${file}); what is measured, and how, is in [docs/benchmarks.md](../../docs/benchmarks.md).`,
    '',
    `Packages: ${Object.entries(machine.packages)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    '',
    'Times are in milliseconds: median and p95 of the runs; a ratio is the median over that of lectern/batch, above 1 if Lectern is faster, with its 95 % interval. Ratios inside the control’s interval are noise. Counts are medians of the runs, lost edits are a sum.',
    '',
    '## What a layer costs',
    '',
    ...formatMarkdown(formatLayers(results.layers)),
    ...results.results.flatMap((result) => [
      '',
      `## ${formatCell(result.cell)}`,
      '',
      ...formatMarkdown(formatTimes(result)),
      '',
      ...formatMarkdown(formatCounts(result)),
      '',
      ...formatTargets(result).map((line) => `- ${line}`),
      ...listNotes(result).flatMap((note) => ['', note]),
    ]),
  ]
  writeFileSync(path.join(folder, 'peers.md'), `${lines.join('\n')}\n`)
}

const roundNumbers = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 100) / 100 : value

function describeMachine({ chromiumVersion, request }: PeersResults) {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.versions.node,
    chromium: chromiumVersion,
    load: loadavg()
      .map((load) => load.toFixed(2))
      .join(' '),
    command: `npm run bench -- ${process.argv.slice(2).join(' ')}`,
    rounds: request.rounds,
    packages: readVersions(),
  }
}

/** Reads the versions of what is compared from both lock files. */
function readVersions(): Record<string, string> {
  const peers = readPackages('bench/peers', [
    '@tanstack/db',
    '@tanstack/query-db-collection',
    '@tanstack/react-db',
    '@reduxjs/toolkit',
    '@trpc/client',
  ])
  const own = readPackages('.', ['@tanstack/react-query', 'react', 'vite', 'xstate'])
  return { ...own, ...peers }
}

function readPackages(project: string, names: readonly string[]): Record<string, string> {
  const file = path.join(thisCheckout, project, 'package-lock.json')
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.fromEntries(
    names.map((name) => [name, packages[`node_modules/${name}`]?.version ?? 'unknown']),
  )
}

function formatTimes({ contenders }: CellResult): Line[] {
  const titles = times.flatMap(({ title }) => [title, 'p95', '/ Lectern'])
  const [lectern] = contenders
  return [
    ['', ...titles, 'runs'],
    ...contenders.map(({ contender, runs }) => [
      contender.name,
      ...times.flatMap(({ measure }) => {
        const samples = readSamples(runs, measure)
        const ratio =
          lectern && lectern.runs !== runs ? compareRuns(runs, lectern.runs, measure) : undefined
        return [
          formatNumber(computeMedian(samples)),
          formatNumber(computeStatistic(samples, 'p95')),
          ratio ? formatRatio(ratio) : '',
        ]
      }),
      String(countRuns(runs)),
    ]),
  ]
}

const countRuns = (runs: Runs) => runs.filter((run) => run).length

function formatCounts({ contenders }: CellResult): Line[] {
  return [
    ['', ...counts.map(({ title }) => title)],
    ...contenders.map(({ contender, runs }) => [
      contender.name,
      ...counts.map(({ measure, total }) => {
        const samples = readSamples(runs, measure)
        return formatNumber(
          total ? samples.reduce((sum, value) => sum + value, 0) : computeMedian(samples),
        )
      }),
    ]),
  ]
}

const formatLayers = (layers: readonly LayerWeight[]): Line[] => [
  [
    'layer',
    'gzip, kB',
    'without TanStack Query, kB',
    'lines its user writes',
    'lines of Lectern below',
  ],
  ...layers.map(({ layer, size, sizeWithoutQuery, lines, linesBelow }) => [
    layer,
    size.toFixed(1),
    sizeWithoutQuery.toFixed(1),
    String(lines),
    String(linesBelow),
  ]),
]

/** What was left out or failed. */
const listNotes = ({ skipped, failures }: CellResult): string[] => [
  ...skipped.map(
    ({ contender, estimate }) =>
      `${contender.name} was not run: each run would take about ${Math.round(estimate / 1000)} s.`,
  ),
  ...failures.map(
    ({ contender, round, message }) => `${contender} failed in round ${round + 1}: ${message}`,
  ),
]

const formatRatio = ({ value, low, high }: Ratio) =>
  Number.isFinite(value)
    ? `${value.toFixed(2)} (${formatBound(low)} to ${formatBound(high)})`
    : 'never'

const formatBound = (bound: number) => (Number.isFinite(bound) ? bound.toFixed(2) : 'never')

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return ''
  return Number.isFinite(value) ? value.toFixed(value < 10 && value % 1 !== 0 ? 1 : 0) : 'never'
}

function formatMarkdown([titles = [], ...lines]: readonly Line[]): string[] {
  const row = (cells: Line) => `| ${cells.join(' | ')} |`
  return [
    row(titles),
    row(titles.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...lines.map(row),
  ]
}
