import { readFileSync } from 'node:fs'
import Elk from 'elkjs/lib/elk.bundled.js'
import { exportChart, exportFormats } from '#charts/export/export-formats.ts'
import { buildLayoutGraph } from '#charts/layout/build-layout-graph.ts'
import type { Direction } from '#charts/layout/chart-layout.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { storeLayout } from '#charts/layout/stored-layout.ts'
import { buildVisibleChart } from '#charts/layout/visible-chart.ts'
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

const directions: Direction[] = ['down', 'right']

/** Builds the file of stored layouts: each machine in both directions, with nothing collapsed. */
export async function buildLayoutFile(): Promise<ChartFile> {
  const engine = new Elk()
  const lines: string[] = []
  for (const { machine } of chartEntries) {
    const visible = buildVisibleChart(readChart(machine), new Set())
    for (const direction of directions) {
      const { root } = buildLayoutGraph(visible, direction, estimateText)
      // The engine changes the graph that it is given.
      const placed = await engine.layout(structuredClone(root))
      const stored = JSON.stringify(storeLayout(root, placed))
      lines.push(`  ${JSON.stringify(`${machine.id} ${direction}`)}: ${stored}`)
    }
  }
  const path = 'src/client/app/charts/layouts/stored-layouts.json'
  return { path, content: `{\n${lines.join(',\n')}\n}\n` }
}

/** Builds the files of `docs/charts`: every machine in every text format. */
export async function buildExportFiles(): Promise<ChartFile[]> {
  const engine = new Elk()
  const files = chartEntries.map(async ({ title, machine }) => {
    const chart = readChart(machine)
    const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
    const layout = await computeLayout(request, engine, estimateText)
    return exportFormats.map((format) => ({
      path: `docs/charts/${machine.id}.${format}`,
      content: exportChart(format, { chart, layout, title }),
    }))
  })
  return (await Promise.all(files)).flat()
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
