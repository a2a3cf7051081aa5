import { readFileSync } from 'node:fs'
import Elk from 'elkjs/lib/elk.bundled.js'
import { chartEntries } from '../../src/client/app/charts/chart-entries.ts'
import { chartOf } from '../../src/client/features/charts/chart-model.ts'
import { exportFormats, exportOf } from '../../src/client/features/charts/export/export-formats.ts'
import { estimateText } from '../../src/client/features/charts/layout/estimated-text.ts'
import { layOut } from '../../src/client/features/charts/layout/lay-out.ts'
import type { Direction } from '../../src/client/features/charts/layout/layout.ts'
import { layoutGraphOf } from '../../src/client/features/charts/layout/layout-graph.ts'
import { storeLayout } from '../../src/client/features/charts/layout/stored-layout.ts'
import { visibleChartOf } from '../../src/client/features/charts/layout/visible-chart.ts'

/** A file that is made from the machines, and what it should hold. */
export interface ChartFile {
  path: string
  content: string
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

/** Of these files the ones that are missing or hold something else. */
export function outdatedOf(files: ChartFile[]): string[] {
  return files.filter(({ path, content }) => contentOf(path) !== content).map(({ path }) => path)
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
