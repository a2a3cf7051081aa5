import type { Chart } from '../chart.ts'
import type { ChartLayout } from '../layout/layout.ts'
import { machineConfigOf } from './machine-config.ts'
import { mermaidOf } from './mermaid.ts'
import { scxmlOf } from './scxml.ts'
import { svgOf } from './svg.tsx'

/** What an export is made of: the chart, its picture's layout, and a title for people. */
export interface ExportWish {
  chart: Chart
  layout: ChartLayout
  title: string
}

/** The formats by their files' extensions. */
export const exportFormats = ['svg', 'mmd', 'scxml', 'json'] as const

export type ExportFormat = (typeof exportFormats)[number]

const writers: Record<ExportFormat, (wish: ExportWish) => string> = {
  svg: ({ layout, title }) => svgOf(layout, title),
  mmd: ({ chart }) => mermaidOf(chart),
  scxml: ({ chart }) => scxmlOf(chart),
  json: ({ chart }) => `${JSON.stringify(machineConfigOf(chart), null, 2)}\n`,
}

/** A chart as the content of a file in this format. */
export function exportOf(format: ExportFormat, wish: ExportWish): string {
  return writers[format](wish)
}
