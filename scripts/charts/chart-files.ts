import { readFileSync } from 'node:fs'
import type { Chart } from '#charts/chart.ts'
import { exportChart, exportFormats } from '#charts/export/export-formats.ts'
import { extractRegion, listRegions } from '#charts/export/extract-region.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { createHub, createRing, createSteps } from './large-charts.ts'

/** A generated file and its content. */
export interface ChartFile {
  path: string
  content: string
}

/**
 * Builds the files of `docs/charts`: every machine in every text format, each of its regions as a
 * picture, and pictures of charts that are hard to draw.
 */
export function buildExportFiles(): ChartFile[] {
  return [
    ...chartEntries.flatMap(({ title, machine }) => buildMachineFiles(title, readChart(machine))),
    ...Object.entries(comparedCharts).map(([name, machine]) =>
      buildPicture(`examples/${name}`, name, readChart(machine)),
    ),
  ]
}

/** The kinds of charts that `docs/charts/README.md` compares. */
const comparedCharts = {
  hub: createHub(13),
  'hub-with-lines': createHub(6),
  ring: createRing(20, 10),
  steps: createSteps(12),
}

function buildMachineFiles(title: string, chart: Chart): ChartFile[] {
  const layout = layOut(chart)
  return [
    ...exportFormats.map((format) => ({
      path: `docs/charts/${chart.machineId}.${format}`,
      content: exportChart(format, { chart, layout, title }),
    })),
    ...listRegions(chart).map((region) =>
      buildPicture(region.id, region.key, extractRegion(chart, region)),
    ),
  ]
}

function buildPicture(name: string, title: string, chart: Chart): ChartFile {
  const content = exportChart('svg', { chart, layout: layOut(chart), title })
  return { path: `docs/charts/${name}.svg`, content }
}

const layOut = (chart: Chart) =>
  computeLayout({ chart, direction: 'down', collapsed: new Set() }, estimateText)

/** Finds the files that are missing or have different content. */
export function findOutdated(files: ChartFile[]): ChartFile[] {
  return files.filter(({ path, content }) => readIfPresent(path) !== content)
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
