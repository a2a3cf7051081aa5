import type { Direction } from './chart-layout.ts'
import { layOutArrowText, layOutStateText, type TextBox } from './chart-text.ts'
import type { GraphState, LayoutGraph } from './engine/graph.ts'
import type { MeasureText } from './measure-text.ts'
import {
  type Arrow,
  listVisibleStates,
  type VisibleChart,
  type VisibleState,
} from './visible-chart.ts'

/** The graph for the layout engine, and the texts that determine its sizes. */
export interface MeasuredChart {
  graph: LayoutGraph
  stateTexts: Map<VisibleState, TextBox>
  arrowTexts: Map<Arrow, TextBox>
}

/** Measures a chart's texts and builds the graph for the layout engine. */
export function buildLayoutGraph(
  chart: VisibleChart,
  direction: Direction,
  measure: MeasureText,
): MeasuredChart {
  const states = listVisibleStates(chart.root)
  const stateTexts = new Map(states.map((state) => [state, layOutStateText(state, measure)]))
  const arrowTexts = new Map(chart.arrows.map((arrow) => [arrow, layOutArrowText(arrow, measure)]))
  const buildState = (visible: VisibleState): GraphState => {
    const { state, children } = visible
    const { width, height } = stateTexts.get(visible) ?? noSize
    return {
      id: state.id,
      width: Math.ceil(width),
      height: Math.ceil(height),
      isParallel: state.kind === 'parallel',
      initial: state.initial?.target ?? null,
      mainPath: (chart.mainPaths.get(visible) ?? []).map((step) => step.state.id),
      states: children.map(buildState),
    }
  }
  const arrows = chart.arrows.map((arrow) => {
    const { width, height } = arrowTexts.get(arrow) ?? noSize
    const targets = arrow.targets.map(({ state }) => state.id)
    return { id: arrow.id, source: arrow.source.state.id, targets, width, height }
  })
  return { graph: { direction, root: buildState(chart.root), arrows }, stateTexts, arrowTexts }
}

const noSize = { width: 0, height: 0 }
