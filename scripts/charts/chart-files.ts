import { readFileSync } from 'node:fs'
import Elk from 'elkjs/lib/elk.bundled.js'
import { chartOf } from '#charts/chart-model.ts'
import { exportFormats, exportOf } from '#charts/export/export-formats.ts'
import { estimateText } from '#charts/layout/estimated-text.ts'
import { layOut } from '#charts/layout/lay-out.ts'
import type { Direction } from '#charts/layout/layout.ts'
import { layoutGraphOf } from '#charts/layout/layout-graph.ts'
import { storeLayout } from '#charts/layout/stored-layout.ts'
import { visibleChartOf } from '#charts/layout/visible-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { stampIn, stampOf } from './png.ts'

/** A file that is made from the machines, and what it should hold. */
export interface ChartFile {
  path: string
  content: string
}

/** A PNG, and the SVG that it is drawn from. */
export interface ChartPicture {
  path: string
  svg: string
}

const directions: Direction[] = ['down', 'right']

/** The layouts of the usual views, which the page loads. */
export async function layoutFile(): Promise<ChartFile> {
  const engine = new Elk()
  const lines: string[] = []
  for (const { machine } of chartEntries) {
    const visible = visibleChartOf(chartOf(machine), new Set())
    for (const direction of directions) {
      const { graph } = layoutGraphOf(visible, direction, estimateText)
      const wanted = structuredClone(graph)
      const stored = JSON.stringify(storeLayout(wanted, await engine.layout(graph)))
      lines.push(`  ${JSON.stringify(`${machine.id} ${direction}`)}: ${stored}`)
    }
  }
  const path = 'src/client/app/charts/layouts/stored-layouts.json'
  return { path, content: `{\n${lines.join(',\n')}\n}\n` }
}

/** Every machine in every format, for `docs/charts`. */
export async function exportFiles(): Promise<ChartFile[]> {
  const engine = new Elk()
  const files = chartEntries.map(async ({ title, machine }) => {
    const chart = chartOf(machine)
    const wish = { chart, direction: 'down', collapsed: new Set<string>() } as const
    const layout = await layOut(wish, engine, estimateText)
    return exportFormats.map((format) => ({
      path: `docs/charts/${machine.id}.${format}`,
      content: exportOf(format, { chart, layout, title }),
    }))
  })
  return (await Promise.all(files)).flat()
}

/** The PNG beside each SVG file. */
export function picturesOf(files: ChartFile[]): ChartPicture[] {
  return files
    .filter(({ path }) => path.endsWith('.svg'))
    .map(({ path, content }) => ({ path: path.replace(/svg$/, 'png'), svg: content }))
}

/** Of these files the ones that are missing or hold something else. */
export function outdatedOf(files: ChartFile[]): ChartFile[] {
  return files.filter(({ path, content }) => contentOf(path)?.toString() !== content)
}

/** Of these PNGs the ones that are missing or were drawn from another SVG. */
export function outdatedPicturesOf(pictures: ChartPicture[]): ChartPicture[] {
  return pictures.filter(({ path, svg }) => {
    const png = contentOf(path)
    return !png || stampIn(png) !== stampOf(svg)
  })
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
