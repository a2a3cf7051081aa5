import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { Direction } from './chart-layout.ts'
import { layOutArrowText, layOutStateText, type TextBox } from './chart-text.ts'
import {
  frameOptions,
  initialOptions,
  labelOptions,
  rootOptions,
  stateOptions,
} from './elk-options.ts'
import type { MeasureText } from './measure-text.ts'
import { findChild, findCommonAncestor, rankStates } from './rank-states.ts'
import {
  type Arrow,
  listVisibleStates,
  type VisibleChart,
  type VisibleState,
} from './visible-chart.ts'

/** The graph for the layout engine, and what it was made from. */
export interface LayoutGraph {
  root: ElkNode
  stateTexts: Map<VisibleState, TextBox>
  arrowTexts: Map<Arrow, TextBox>
  /** The arrows that the graph has reversed; see `rankStates`. */
  backArrows: ReadonlySet<Arrow>
}

export const stateNodeId = ({ state }: VisibleState) => `state ${state.id}`
export const labelNodeId = (arrow: Arrow) => `label ${arrow.id}`
/** The id of the dot before an initial state, and of the edge from it. */
export const initialId = ({ state }: VisibleState) => `initial ${state.id}`
export const incomingEdgeId = (arrow: Arrow) => `in ${arrow.id}`
export const outgoingEdgeId = (arrow: Arrow, index: number) => `out ${index} ${arrow.id}`

const initialDotSize = 10
const noText: TextBox = { width: 0, height: 0, blocks: [] }

/**
 * Builds the graph for the layout engine. Each arrow's label is a node between source and target, so
 * the engine gives it room as it does to a state, and nothing overlaps it.
 */
export function buildLayoutGraph(
  chart: VisibleChart,
  direction: Direction,
  measure: MeasureText,
): LayoutGraph {
  const states = listVisibleStates(chart.root)
  const stateTexts = new Map(states.map((state) => [state, layOutStateText(state, measure)]))
  const arrowTexts = new Map(chart.arrows.map((arrow) => [arrow, layOutArrowText(arrow, measure)]))
  const backArrows = findBackArrows(chart)
  const nodes = new Map(
    states.map((state) => [
      state,
      buildStateNode(state, stateTexts.get(state) ?? noText, direction),
    ]),
  )
  for (const [state, node] of nodes) {
    if (state.children.length === 0) continue
    node.children = [
      ...(findInitial(state) ? [buildInitialNode(state)] : []),
      ...state.children.flatMap((child) => nodes.get(child) ?? []),
    ]
  }
  for (const arrow of chart.arrows) {
    const label = buildLabelNode(arrow, arrowTexts.get(arrow) ?? noText)
    nodes.get(findContainer(arrow))?.children?.push(label)
  }
  const rootState = nodes.get(chart.root)
  const root: ElkNode = {
    id: 'chart',
    layoutOptions: rootOptions(direction),
    children: rootState ? [rootState] : [],
    edges: [
      ...states.flatMap(buildInitialEdges),
      ...chart.arrows.flatMap((arrow) => buildArrowEdges(arrow, backArrows.has(arrow))),
    ],
  }
  return { root, stateTexts, arrowTexts, backArrows }
}

/** Finds the state whose frame contains an arrow's label. */
export function findContainer({ source, targets }: Arrow): VisibleState {
  return findCommonAncestor([source, ...targets])
}

function findBackArrows({ root, arrows }: VisibleChart): ReadonlySet<Arrow> {
  const ranks = rankStates(root, arrows)
  return new Set(arrows.filter((arrow) => isBackArrow(arrow, ranks)))
}

function isBackArrow(arrow: Arrow, ranks: Map<VisibleState, number>): boolean {
  const container = findContainer(arrow)
  const [target] = arrow.targets
  if (!target || container === arrow.source || arrow.targets.includes(container)) return false
  const rankInside = (state: VisibleState) => ranks.get(findChild(container, state)) ?? 0
  return rankInside(target) < rankInside(arrow.source)
}

function findInitial({ state, children }: VisibleState): VisibleState | undefined {
  return children.find((child) => child.state.id === state.initial?.target)
}

function buildStateNode(
  visible: VisibleState,
  { width, height }: TextBox,
  direction: Direction,
): ElkNode {
  const id = stateNodeId(visible)
  const isRegion = visible.parent?.state.kind === 'parallel'
  if (visible.children.length > 0) {
    return { id, layoutOptions: frameOptions({ width, height }, direction, isRegion) }
  }
  return { id, width, height, layoutOptions: stateOptions(direction, isRegion) }
}

function buildInitialNode(state: VisibleState): ElkNode {
  return {
    id: initialId(state),
    width: initialDotSize,
    height: initialDotSize,
    layoutOptions: initialOptions,
  }
}

function buildInitialEdges(state: VisibleState): ElkExtendedEdge[] {
  const initial = findInitial(state)
  const id = initialId(state)
  return initial ? [{ id, sources: [id], targets: [stateNodeId(initial)] }] : []
}

function buildLabelNode(arrow: Arrow, { width, height }: TextBox): ElkNode {
  return { id: labelNodeId(arrow), width, height, layoutOptions: labelOptions(findLayer(arrow)) }
}

// An arrow from a state into itself starts at its border, and one to a surrounding state ends there.
function findLayer(arrow: Arrow): 'FIRST' | 'LAST' | null {
  const container = findContainer(arrow)
  if (container === arrow.source) return 'FIRST'
  return arrow.targets.includes(container) ? 'LAST' : null
}

function buildArrowEdges(arrow: Arrow, isBack: boolean): ElkExtendedEdge[] {
  const container = findContainer(arrow)
  const edge = (id: string, from: string, to: string): ElkExtendedEdge =>
    isBack ? { id, sources: [to], targets: [from] } : { id, sources: [from], targets: [to] }
  const incoming =
    container === arrow.source
      ? []
      : [edge(incomingEdgeId(arrow), stateNodeId(arrow.source), labelNodeId(arrow))]
  const outgoing = arrow.targets.flatMap((target, index) =>
    target === container
      ? []
      : [edge(outgoingEdgeId(arrow, index), labelNodeId(arrow), stateNodeId(target))],
  )
  return [...incoming, ...outgoing]
}
