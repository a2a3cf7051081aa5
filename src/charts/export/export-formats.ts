import type { Chart } from '../chart.ts'
import type { ChartLayout } from '../layout/chart-layout.ts'
import { listJsonLosses, toMachineConfig } from './machine-config.ts'
import { toMermaid } from './mermaid.ts'
import { toScxml } from './scxml.ts'
import { listScxmlLosses } from './scxml-losses.ts'
import { renderSvg } from './svg.tsx'

/** The data that exports need: the chart, the layout of its picture, and a title. */
export interface ExportRequest {
  chart: Chart
  layout: ChartLayout
  title: string
}

/** The file extensions of the text formats. */
export const exportFormats = ['svg', 'mmd', 'scxml', 'json'] as const

export type ExportFormat = (typeof exportFormats)[number]

const writers: Record<ExportFormat, (request: ExportRequest) => string> = {
  svg: ({ layout, title }) => renderSvg(layout, title),
  mmd: ({ chart }) => toMermaid(chart),
  scxml: ({ chart }) => toScxml(chart),
  json: ({ chart }) => `${JSON.stringify(toMachineConfig(chart), null, 2)}\n`,
}

/** Exports a chart as a file's content. */
export function exportChart(format: ExportFormat, request: ExportRequest): string {
  return writers[format](request)
}

const lossFinders: Partial<Record<ExportFormat, (chart: Chart) => string[]>> = {
  scxml: listScxmlLosses,
  json: listJsonLosses,
}

/** Lists what a format can't express about a chart, one sentence each. */
export function listLosses(format: ExportFormat, chart: Chart): string[] {
  return lossFinders[format]?.(chart) ?? []
}
