import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { isMet, type Measurement, medianOf, statisticOf, type Target } from './measurement.ts'

export interface ScenarioResult {
  name: string
  title: string
  /** Of the machine, over the minute before. */
  loadBefore: number
  seconds: number
  measurements: Measurement[]
}

const folder = path.join(import.meta.dirname, 'results')
const verdicts = ['NO', 'yes']
const columns = ['what', 'target', 'median', 'p95', 'p98', 'rounds', 'ratio', 'met?']

/** Prints a scenario's measurements, one a line. */
export function printTable({ title, loadBefore, seconds, measurements }: ScenarioResult) {
  const lines = [columns, ...measurements.map(cellsOf)]
  const widths = columns.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  console.log(`\n${title} (${seconds.toFixed(0)} s, load before ${loadBefore.toFixed(2)})`)
  for (const line of lines) {
    console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  }
  for (const note of notesOf(measurements)) console.log(`  ${note}`)
}

/** Writes `results/<date>.json` with every sample, and `results/latest.md` to be read. */
export function writeResults(results: ScenarioResult[], chromium: string) {
  const at = new Date().toISOString()
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.versions.node,
    chromium,
    loadAfter: loadavg().map((load) => Math.round(load * 100) / 100),
  }
  mkdirSync(folder, { recursive: true })
  const file = `${at.slice(0, 10)}.json`
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value
  writeFileSync(
    path.join(folder, file),
    `${JSON.stringify({ at, machine, results }, rounded, 1).replace(/(?<=\d,)\n\s+(?=[\d.-]+,?\n?)/g, ' ')}\n`,
  )
  const { processor, cores, node } = machine
  const head = [
    '# Measured side by side',
    '',
    `${at.slice(0, 16).replace('T', ' ')} UTC, by \`npm run bench\`: production build, Chromium ${chromium}, Node ${node}, ${cores} cores of ${processor}. Every sample is in [${file}](${file}).`,
    'The ratio compares a line with the first one of its group, in the same run.',
  ]
  writeFileSync(
    path.join(folder, 'latest.md'),
    `${[...head, ...results.flatMap(sectionOf)].join('\n')}\n`,
  )
  console.log(`\nWritten to bench/results/${file} and bench/results/latest.md`)
}

function sectionOf({ title, loadBefore, measurements }: ScenarioResult): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '',
    `## ${title}`,
    `Load of the machine before: ${loadBefore.toFixed(2)}.`,
    '',
    row(columns),
    row(columns.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...measurements.map((measurement) => row(cellsOf(measurement))),
    ...notesOf(measurements).flatMap((note) => ['', note]),
  ]
}

function cellsOf(measurement: Measurement): string[] {
  const { what, unit, samples, target, ratio } = measurement
  const met = isMet(measurement)
  return [
    what,
    target ? targetText(target, unit) : '',
    valueText(medianOf(samples), unit),
    valueText(statisticOf(samples, 'p95'), unit),
    valueText(statisticOf(samples, 'p98'), unit),
    String(samples.length),
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    met === undefined ? '' : (verdicts[Number(met)] ?? ''),
  ]
}

function targetText(target: Target, unit: Measurement['unit']): string {
  const limit = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`
  return `${target.of} ${limit} ${unit}`
}

function valueText(value: number, unit: Measurement['unit']): string {
  if (Number.isNaN(value)) return ''
  if (unit === '×') return `${value.toFixed(2)} ×`
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`
}

const notesOf = (measurements: readonly Measurement[]) =>
  measurements.flatMap(({ what, note }) => (note === undefined ? [] : [`${what}: ${note}`]))
