import { formatCount } from '#shared/count.ts'
import { computeMedian, computePercentile } from '../measurement.ts'
import { formatCell } from './cells.ts'
import { judgeCell } from './judge-cell.ts'
import { type CellResult, readSamples } from './peers-samples.ts'
import type { RunResult } from './run-once.ts'

interface Plot {
  title: string
  measure: keyof RunResult
  unit: string
}

const plots: readonly Plot[] = [
  { title: 'Press to all rows painted', measure: 'painted', unit: 'ms' },
  { title: 'Press to the last link settled', measure: 'settled', unit: 'ms' },
  { title: 'Longest interaction', measure: 'longestInteraction', unit: 'ms' },
  { title: 'Wrong frames', measure: 'wrongFrames', unit: '' },
]

/**
 * Renders a page of plots that needs no other file: for each cell and measure, a line per contender
 * with its median and, as a bar, the span from its 5th to its 95th percentile.
 * @param about one line about the machine and the run
 */
export const renderReportPage = (about: string, results: readonly CellResult[]): string =>
  `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Lectern and its peers</title>
<style>${styles}</style>
<h1>Adding many videos: Lectern and its peers</h1>
<p>${escapeText(about)}</p>
<p>The dot is the median of the runs, the bar goes from the 5th to the 95th percentile. Scales are logarithmic from 1 on.
What is measured, and how, is in docs/benchmarks.md.</p>
${results.map(renderCell).join('\n')}
</html>
`

function renderCell(result: CellResult): string {
  const { cell, contenders } = result
  const targets = judgeCell(result).map(
    ({ target, verdict, reason }) =>
      `<li>${escapeText(target)}: <strong>${verdict}</strong>${reason === '' ? '' : ` (${escapeText(reason)})`}</li>`,
  )
  const runs = Math.max(...contenders.map((contender) => contender.runs.length))
  return `<h2>${escapeText(formatCell(cell))}</h2>
<p>${formatCount(runs, 'round')}. Lectern’s targets:</p>
<ul>${targets.join('')}</ul>
<div class="plots">${plots.map((plot) => renderPlot(plot, result)).join('\n')}</div>`
}

const labelWidth = 210
const plotWidth = 340
const lineHeight = 20

function renderPlot({ title, measure, unit }: Plot, { contenders }: CellResult): string {
  const lines = contenders.map(({ contender, runs }) => {
    const samples = readSamples(runs, measure)
    const [low, high] = [0.05, 0.95].map((share) => computePercentile(samples, share))
    return { name: contender.name, median: computeMedian(samples), low, high }
  })
  const finite = lines.flatMap(({ median, high }) => [median, high ?? 0]).filter(Number.isFinite)
  const toX = createScale(Math.max(10, ...finite))
  const marks = lines.map(({ name, median, low = 0, high = 0 }, index) => {
    const y = index * lineHeight + lineHeight / 2
    const isOwn = name.includes('lectern')
    const label = `<text class="${isOwn ? 'own' : ''}" x="${labelWidth - 8}" y="${y + 4}" text-anchor="end">${escapeText(name)}</text>`
    if (!Number.isFinite(median)) {
      return `${label}<text x="${labelWidth}" y="${y + 4}">never</text>`
    }
    const end = Number.isFinite(high) ? toX(high) : plotWidth
    return `${label}<g class="${isOwn ? 'own' : 'peer'}"><rect x="${labelWidth + toX(low)}" y="${y - 4}" width="${Math.max(1, end - toX(low))}" height="8" rx="4"/><circle cx="${labelWidth + toX(median)}" cy="${y}" r="4"/><text x="${labelWidth + end + 8}" y="${y + 4}">${formatValue(median)}</text></g>`
  })
  const height = lines.length * lineHeight
  return `<figure>
<figcaption>${escapeText(title)}${unit === '' ? '' : `, ${unit}`}</figcaption>
<svg viewBox="0 0 ${labelWidth + plotWidth + 60} ${height}" role="img" aria-label="${escapeText(title)}">${marks.join('')}</svg>
</figure>`
}

/** Maps 0 to `limit` to the width of a plot: linear up to 1, logarithmic beyond. */
function createScale(limit: number): (value: number) => number {
  const grow = (value: number) => (value <= 1 ? value : 1 + Math.log10(value))
  return (value) => Math.round((grow(value) / grow(limit)) * plotWidth * 10) / 10
}

const formatValue = (value: number) => value.toFixed(value < 10 && value % 1 !== 0 ? 1 : 0)

const escapeText = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

const styles = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 1240px; margin: 2rem auto; padding: 0 1rem; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 1.5rem; }
figure { margin: 0; }
figcaption { font-weight: 600; }
svg { width: 100%; font-size: 12px; fill: currentColor; }
.peer rect { fill: color-mix(in srgb, currentColor 25%, transparent); }
.own rect { fill: light-dark(#cfcbff, #4a44a8); }
.own circle { fill: light-dark(#4338ca, #a5a0ff); }
text.own { font-weight: 600; }
`
