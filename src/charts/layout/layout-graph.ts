import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js'
import { arrowText, stateText, type TextBox } from './chart-text.ts'
import type { Direction } from './layout.ts'
import { childHolding, commonAncestor, ranksOf } from './ranks.ts'
import type { MeasureText } from './text-styles.ts'
import {
  type Arrow,
  type VisibleChart,
  type VisibleState,
  visibleStatesOf,
} from './visible-chart.ts'

/** What is handed to the layout engine, and the texts whose sizes it was made from. */
export interface LayoutGraph {
  graph: ElkNode
  stateTexts: Map<VisibleState, TextBox>
  arrowTexts: Map<Arrow, TextBox>
}

const dotSize = 10
const framePadding = 18

export const stateNode = ({ state }: VisibleState) => `state ${state.id}`
export const labelNode = (arrow: Arrow) => `label ${arrow.id}`
export const dotNode = ({ state }: VisibleState) => `initial ${state.id}`
export const incomingEdge = (arrow: Arrow) => `in ${arrow.id}`
export const outgoingEdge = (arrow: Arrow, index: number) => `out ${index} ${arrow.id}`

/** Which way an arrow leads, for the engine: `back` ones are laid out the other way round. */
export type Way = 'forth' | 'back'

/**
 * Makes the graph for the layout engine. Each arrow's label is a node of its own between source and
 * target, so that it takes its room as any state does and nothing can lie over it.
 */
export function layoutGraphOf(
  chart: VisibleChart,
  direction: Direction,
  measure: MeasureText,
): LayoutGraph {
  const states = visibleStatesOf(chart.root)
  const stateTexts = new Map(states.map((state) => [state, stateText(state, measure)]))
  const arrowTexts = new Map(chart.arrows.map((arrow) => [arrow, arrowText(arrow, measure)]))
  const ways = waysOf(chart)
  const nodes = new Map(states.map((state) => [state, elkStateOf(state, stateTexts, direction)]))
  const edges: ElkExtendedEdge[] = []
  for (const state of states) {
    const node = nodes.get(state)
    if (!node || state.children.length === 0) continue
    node.children = state.children.flatMap((child) => nodes.get(child) ?? [])
    const first = state.children.find((child) => child.state.id === state.state.initial?.target)
    if (!first) continue
    node.children.unshift({
      ...{ id: dotNode(state), width: dotSize, height: dotSize },
      layoutOptions: fixedPorts,
    })
    edges.push({ id: dotNode(state), sources: [dotNode(state)], targets: [stateNode(first)] })
  }
  for (const arrow of chart.arrows) {
    const { width, height } = arrowTexts.get(arrow) ?? { width: 0, height: 0 }
    const container = containerOf(arrow)
    const layoutOptions = { ...fixedPorts, ...constraintOf(arrow) }
    const label = { id: labelNode(arrow), width, height, layoutOptions }
    nodes.get(container)?.children?.push(label)
    edges.push(...edgesOf(arrow, ways.get(arrow) ?? 'forth'))
  }
  const root = nodes.get(chart.root)
  const graph: ElkNode = {
    id: 'chart',
    layoutOptions: { ...optionsFor(direction), ...noPadding },
    children: root ? [root] : [],
    edges,
  }
  return { graph, stateTexts, arrowTexts }
}

/** The state whose inside holds an arrow's label. */
export function containerOf({ source, targets }: Arrow): VisibleState {
  return commonAncestor([source, ...targets])
}

/** Tells which arrows lead back, against the order of the story. */
export function waysOf({ root, arrows }: VisibleChart): Map<Arrow, Way> {
  const ranks = ranksOf(root, arrows)
  return new Map(arrows.map((arrow) => [arrow, wayOf(arrow, ranks)]))
}

function wayOf(arrow: Arrow, ranks: Map<VisibleState, number>): Way {
  const container = containerOf(arrow)
  const [target] = arrow.targets
  if (!target || container === arrow.source || arrow.targets.includes(container)) return 'forth'
  const rankOf = (state: VisibleState) => ranks.get(childHolding(container, state)) ?? 0
  return rankOf(target) < rankOf(arrow.source) ? 'back' : 'forth'
}

function elkStateOf(
  visible: VisibleState,
  texts: Map<VisibleState, TextBox>,
  direction: Direction,
): ElkNode {
  const { width, height } = texts.get(visible) ?? { width: 0, height: 0 }
  const id = stateNode(visible)
  const alignment = visible.parent?.state.kind === 'parallel' ? regionAlignment[direction] : {}
  if (visible.children.length === 0)
    return { id, width, height, layoutOptions: { ...alignment, ...portMargin } }
  const [top, side] = [height + framePadding, framePadding]
  return {
    id,
    layoutOptions: {
      ...optionsFor(direction),
      ...alignment,
      ...portMargin,
      'elk.padding': `[top=${top},left=${side},bottom=${side},right=${side}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${width},${height})`,
    },
  }
}

// An arrow from a state into itself begins at its border, and one to a state around ends there.
function constraintOf(arrow: Arrow): LayoutOptions {
  const container = containerOf(arrow)
  if (container === arrow.source) return { 'elk.layered.layering.layerConstraint': 'FIRST' }
  if (arrow.targets.includes(container)) return { 'elk.layered.layering.layerConstraint': 'LAST' }
  return {}
}

function edgesOf(arrow: Arrow, way: Way): ElkExtendedEdge[] {
  const container = containerOf(arrow)
  const edge = (id: string, from: string, to: string): ElkExtendedEdge =>
    way === 'forth'
      ? { id, sources: [from], targets: [to] }
      : { id, sources: [to], targets: [from] }
  const incoming =
    container === arrow.source
      ? []
      : [edge(incomingEdge(arrow), stateNode(arrow.source), labelNode(arrow))]
  const outgoing = arrow.targets.flatMap((target, index) =>
    target === container
      ? []
      : [edge(outgoingEdge(arrow, index), labelNode(arrow), stateNode(target))],
  )
  return [...incoming, ...outgoing]
}

// Lines meet a label in its middle, and a state anywhere but at its round corners.
const fixedPorts = { 'elk.layered.nodePlacement.networkSimplex.nodeFlexibility': 'NONE' }
const portMargin = { 'elk.spacing.portsSurrounding': '[top=10,left=10,bottom=10,right=10]' }

const noPadding = { 'elk.padding': '[top=0,left=0,bottom=0,right=0]' }

const regionAlignment: Record<Direction, LayoutOptions> = {
  right: { 'elk.alignment': 'LEFT' },
  down: { 'elk.alignment': 'TOP' },
}

// The engine hands no option down: each state with states inside gets them all.
const optionsFor = (direction: Direction): LayoutOptions => ({
  'elk.algorithm': 'layered',
  'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.networkSimplex.nodeFlexibility.default': 'PORT_POSITION',
  'elk.layered.thoroughness': '20',
  'elk.spacing.nodeNode': '16',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '28',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
})
