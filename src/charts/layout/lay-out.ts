import type { ELK } from 'elkjs/lib/elk-api.js'
import type { Chart } from '../chart.ts'
import type { ChartLayout, Direction } from './layout.ts'
import { layoutOf } from './layout-geometry.ts'
import { layoutGraphOf } from './layout-graph.ts'
import { restoreLayout, type StoredLayout } from './stored-layout.ts'
import type { MeasureText } from './text-styles.ts'
import { visibleChartOf } from './visible-chart.ts'

export interface LayoutWish {
  chart: Chart
  direction: Direction
  collapsed: ReadonlySet<string>
}

/** The layout engine: a worker in the page, the same code in this process in tests. */
export type LayoutEngine = Pick<ELK, 'layout'>

/** Lays a chart out: what is shown, its texts' sizes, then places and lines by the engine. */
export async function layOut(
  { chart, direction, collapsed }: LayoutWish,
  engine: LayoutEngine,
  measure: MeasureText,
): Promise<ChartLayout> {
  const visible = visibleChartOf(chart, collapsed)
  const wanted = layoutGraphOf(visible, direction, measure)
  const placed = await engine.layout(wanted.graph)
  return layoutOf(placed, visible, wanted, direction)
}

/** The layout that was made ahead of time, or undefined where it does not fit this chart in this page's font. */
export function layOutFromStore(
  { chart, direction, collapsed }: LayoutWish,
  stored: StoredLayout,
  measure: MeasureText,
): ChartLayout | undefined {
  const visible = visibleChartOf(chart, collapsed)
  const wanted = layoutGraphOf(visible, direction, measure)
  const placed = restoreLayout(wanted.graph, stored)
  return placed && layoutOf(placed, visible, wanted, direction)
}
