import { readFileSync } from 'node:fs'
import { exportChart, exportFormats } from '#charts/export/export-formats.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { hashSvg, readSvgHash } from './png.ts'

/** A generated file and its content. */
export interface ChartFile {
  path: string
  content: string
}

/** A PNG and the SVG that it is drawn from. */
export interface ChartPicture {
  path: string
  svg: string
}

/** Builds the files of `docs/charts`: every machine in every text format. */
export function buildExportFiles(): ChartFile[] {
  return chartEntries.flatMap(({ title, machine }) => {
    const chart = readChart(machine)
    const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
    const layout = computeLayout(request, estimateText)
    return exportFormats.map((format) => ({
      path: `docs/charts/${machine.id}.${format}`,
      content: exportChart(format, { chart, layout, title }),
    }))
  })
}

/** Lists the PNG beside each SVG file. */
export function listPictures(files: ChartFile[]): ChartPicture[] {
  return files
    .filter(({ path }) => path.endsWith('.svg'))
    .map(({ path, content }) => ({ path: path.replace(/svg$/, 'png'), svg: content }))
}

/** Finds the files that are missing or have other content. */
export function findOutdated(files: ChartFile[]): ChartFile[] {
  return files.filter(({ path, content }) => readIfPresent(path)?.toString() !== content)
}

/** Finds the PNGs that are missing or were drawn from another SVG. */
export function findOutdatedPictures(pictures: ChartPicture[]): ChartPicture[] {
  return pictures.filter(({ path, svg }) => {
    const png = readIfPresent(path)
    return !png || readSvgHash(png) !== hashSvg(svg)
  })
}

function readIfPresent(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
