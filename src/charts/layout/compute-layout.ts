import type { Chart } from '../chart.ts'
import { buildLayoutGraph } from './build-layout-graph.ts'
import { buildVisibleChart } from './build-visible-chart.ts'
import type { ChartLayout, Direction } from './chart-layout.ts'
import type { GraphPlaces, LayoutGraph } from './engine/graph.ts'
import { placeGraph } from './engine/place-graph.ts'
import type { MeasureText } from './measure-text.ts'
import { readLayout } from './read-layout.ts'

export interface LayoutRequest {
  chart: Chart
  direction: Direction
  /** The ids of the collapsed states. */
  collapsed: ReadonlySet<string>
  /**
   * The reader's choices by state id: whether transitions to it are named exits instead of lines.
   * For other states, the number of states that lead there decides.
   */
  exits?: ReadonlyMap<string, boolean>
}

/** A graph for the engine, and a function to read the engine's result. */
export interface LayoutTask {
  graph: LayoutGraph
  read: (places: GraphPlaces) => ChartLayout
}

/** Prepares the layout of a chart for an engine that runs elsewhere. */
export function prepareLayout(
  { chart, direction, collapsed, exits }: LayoutRequest,
  measure: MeasureText,
): LayoutTask {
  const visible = buildVisibleChart(chart, collapsed, exits)
  const measured = buildLayoutGraph(visible, direction, measure)
  return { graph: measured.graph, read: (places) => readLayout(places, visible, measured) }
}

/** Computes the layout of a chart. */
export function computeLayout(request: LayoutRequest, measure: MeasureText): ChartLayout {
  const { graph, read } = prepareLayout(request, measure)
  return read(placeGraph(graph))
}
