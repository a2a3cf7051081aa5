import type { ELK } from 'elkjs/lib/elk-api.js'
import type { Chart } from '../chart.ts'
import { buildLayoutGraph } from './build-layout-graph.ts'
import type { ChartLayout, Direction } from './chart-layout.ts'
import type { MeasureText } from './measure-text.ts'
import { readLayout } from './read-layout.ts'
import { restoreLayout, type StoredLayout } from './stored-layout.ts'
import { buildVisibleChart } from './visible-chart.ts'

export interface LayoutRequest {
  chart: Chart
  direction: Direction
  /** The ids of the collapsed states. */
  collapsed: ReadonlySet<string>
}

/** The layout engine: a worker in the page, and the same code in-process in Node. */
export type LayoutEngine = Pick<ELK, 'layout'>

/** Computes the layout of a chart with the engine. */
export async function computeLayout(
  { chart, direction, collapsed }: LayoutRequest,
  engine: LayoutEngine,
  measure: MeasureText,
): Promise<ChartLayout> {
  const visible = buildVisibleChart(chart, collapsed)
  const graph = buildLayoutGraph(visible, direction, measure)
  const placed = await engine.layout(graph.root)
  return readLayout(placed, visible, graph, direction)
}

/** Loads a precomputed layout; undefined if it doesn't fit this chart in this page's font. */
export function loadStoredLayout(
  { chart, direction, collapsed }: LayoutRequest,
  stored: StoredLayout,
  measure: MeasureText,
): ChartLayout | undefined {
  const visible = buildVisibleChart(chart, collapsed)
  const graph = buildLayoutGraph(visible, direction, measure)
  const placed = restoreLayout(graph.root, stored)
  return placed && readLayout(placed, visible, graph, direction)
}
