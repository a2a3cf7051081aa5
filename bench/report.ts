import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import type { Comparison } from './compare-checkouts.ts'
import {
  computeMedian,
  computeStatistic,
  judgeTarget,
  type Measurement,
  type Target,
} from './measurement.ts'
import type { Ratio } from './ratio.ts'

export interface ScenarioResult {
  name: string
  title: string
  /** The machine's load average over the minute before. */
  loadBefore: number
  seconds: number
  measurements: Measurement[]
}

const folder = path.join(import.meta.dirname, 'results')
const columns = ['', 'target', 'median', 'p95', 'p98', 'rounds', 'ratio', 'met?']

/** Prints a scenario's measurements, one per line. */
export function printTable({ title, loadBefore, seconds, measurements }: ScenarioResult) {
  console.log(`\n${title} (${seconds.toFixed(0)} s, load before ${loadBefore.toFixed(2)})`)
  printLines([columns, ...measurements.map(formatCells)])
  for (const note of listNotes(measurements)) console.log(`  ${note}`)
}

/** The labels of what has missed its target, not counting what the noise can't decide. */
export const listMissed = (measurements: readonly Measurement[]): string[] =>
  measurements.filter((measurement) => judgeTarget(measurement) === 'NO').map(({ label }) => label)

/** Says which targets were missed, and makes the command fail. */
export function reportMissed(missed: readonly string[]) {
  console.error(`\nMissed: ${missed.join('; ')}`)
  process.exitCode = 1
}

/** Prints the comparison of two checkouts, one measure per line. */
export function printComparisons(title: string, comparisons: readonly Comparison[]) {
  console.log(`\n${title}`)
  printLines([
    ['', 'this', 'other', 'this / other', 'this / itself'],
    ...comparisons.map(({ label, current, other, ratio, control }) => [
      label,
      formatValue(current, 'ms'),
      formatValue(other, 'ms'),
      formatRatio(ratio),
      formatRatio(control),
    ]),
  ])
}

/** Prints lines of cells, aligned in columns. */
export function printLines(lines: readonly (readonly string[])[]) {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  for (const line of lines) {
    console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  }
}

/** Writes every sample to `results/<date>.json`, and the tables to `results/latest.md`. */
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
  const roundNumbers = (_: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value
  writeFileSync(
    path.join(folder, file),
    `${JSON.stringify({ at, machine, results }, roundNumbers, 1).replace(/(?<=\d,)\n\s+(?=[\d.-]+,?\n?)/g, ' ')}\n`,
  )
  const { processor, cores, node } = machine
  const head = [
    '# Benchmark results',
    '',
    `${at.slice(0, 16).replace('T', ' ')} UTC, by \`npm run bench\`: production build, Chromium ${chromium}, Node ${node}, ${cores} cores of ${processor}. Every sample is in [${file}](${file}).`,
    'The ratio compares a line with the first one of its group, measured in the same run.',
  ]
  writeFileSync(
    path.join(folder, 'latest.md'),
    `${[...head, ...results.flatMap(formatSection)].join('\n')}\n`,
  )
  console.log(`\nWritten to bench/results/${file} and bench/results/latest.md`)
}

function formatSection({ title, loadBefore, measurements }: ScenarioResult): string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '',
    `## ${title}`,
    `Load average before: ${loadBefore.toFixed(2)}.`,
    '',
    row(columns),
    row(columns.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...measurements.map((measurement) => row(formatCells(measurement))),
    ...listNotes(measurements).flatMap((note) => ['', note]),
  ]
}

function formatCells(measurement: Measurement): string[] {
  const { label, unit, samples, target, ratio } = measurement
  return [
    label,
    target ? formatTarget(target, unit) : '',
    formatValue(computeMedian(samples), unit),
    formatValue(computeStatistic(samples, 'p95'), unit),
    formatValue(computeStatistic(samples, 'p98'), unit),
    String(samples.length),
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    judgeTarget(measurement) ?? '',
  ]
}

function formatTarget(target: Target, unit: Measurement['unit']): string {
  const limit = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`
  return `${target.statistic} ${limit} ${unit}`
}

function formatValue(value: number, unit: Measurement['unit']): string {
  if (Number.isNaN(value)) return ''
  if (unit === '×') return `${value.toFixed(2)} ×`
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`
}

const formatRatio = ({ value, low, high }: Ratio) =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

const listNotes = (measurements: readonly Measurement[]) =>
  measurements.flatMap(({ label, note }) => (note === undefined ? [] : [`${label}: ${note}`]))
