import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import {
  findContainer,
  incomingEdgeId,
  initialId,
  type LayoutGraph,
  labelNodeId,
  outgoingEdgeId,
  stateNodeId,
} from './build-layout-graph.ts'
import type {
  Box,
  ChartLayout,
  Direction,
  PlacedArrow,
  PlacedInitial,
  Point,
} from './chart-layout.ts'
import type { TextBox } from './chart-text.ts'
import {
  type Arrow,
  listVisibleStates,
  type VisibleChart,
  type VisibleState,
} from './visible-chart.ts'

/** Reads the layout engine's answer to a graph. */
export function readLayout(
  placed: ElkNode,
  chart: VisibleChart,
  { stateTexts, arrowTexts, backArrows }: LayoutGraph,
  direction: Direction,
): ChartLayout {
  const boxes = new Map(listNodes(placed).map((node) => [node.id, toBox(node)]))
  const lines = new Map((placed.edges ?? []).map((edge) => [edge.id, toPoints(edge)]))
  const getBox = (id: string) => boxes.get(id) ?? emptyBox
  const getText = (state: VisibleState) => stateTexts.get(state) ?? noText

  const readLine = (arrow: Arrow, id: string) => {
    const line = lines.get(id) ?? []
    return backArrows.has(arrow) ? line.toReversed() : line
  }
  const readArrow = (arrow: Arrow): PlacedArrow => {
    const label = getBox(labelNodeId(arrow))
    const container = findContainer(arrow)
    const frame = getBox(stateNodeId(container))
    const incoming =
      container === arrow.source
        ? createEntryStub(frame, getText(container).height, label, direction)
        : readLine(arrow, incomingEdgeId(arrow))
    const outgoing = arrow.targets.map((target, index) =>
      target === container
        ? createExitStub(frame, label, direction)
        : readLine(arrow, outgoingEdgeId(arrow, index)),
    )
    return { arrow, label, text: arrowTexts.get(arrow) ?? noText, incoming, outgoing }
  }
  const readInitial = (state: VisibleState): PlacedInitial[] => {
    const [dot, line] = [boxes.get(initialId(state)), lines.get(initialId(state))]
    return dot && line ? [{ id: state.state.id, dot: alignDot(dot, line, direction), line }] : []
  }

  const states = listVisibleStates(chart.root)
  const { width, height } = getBox(stateNodeId(chart.root))
  return {
    width,
    height,
    states: states.map((visible) => ({
      visible,
      box: getBox(stateNodeId(visible)),
      text: getText(visible),
      depth: countAncestors(visible),
    })),
    arrows: chart.arrows.map(readArrow),
    initials: states.flatMap(readInitial),
  }
}

const emptyBox: Box = { x: 0, y: 0, width: 0, height: 0 }
const noText: TextBox = { width: 0, height: 0, blocks: [] }

function listNodes(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(listNodes)]
}

function toBox({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Box {
  return { x, y, width, height }
}

function toPoints({ sections = [] }: ElkExtendedEdge): Point[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ])
}

// The engine doesn't start the line in the middle of so small a node.
function alignDot(dot: Box, [start]: Point[], direction: Direction): Box {
  if (!start) return dot
  return direction === 'down'
    ? { ...dot, x: start.x - dot.width / 2 }
    : { ...dot, y: start.y - dot.height / 2 }
}

function countAncestors({ parent }: VisibleState): number {
  return parent ? countAncestors(parent) + 1 : 0
}

// The engine draws no line between a label and the frame that contains it. The label is in the first or
// the last layer, so a straight line to the border crosses nothing.
function createEntryStub(
  frame: Box,
  headerHeight: number,
  label: Box,
  direction: Direction,
): Point[] {
  const { x, y } = findCenter(label)
  return direction === 'right'
    ? [
        { x: frame.x, y },
        { x: label.x, y },
      ]
    : [
        { x, y: frame.y + headerHeight },
        { x, y: label.y },
      ]
}

function createExitStub(frame: Box, label: Box, direction: Direction): Point[] {
  const { x, y } = findCenter(label)
  return direction === 'right'
    ? [
        { x: label.x + label.width, y },
        { x: frame.x + frame.width, y },
      ]
    : [
        { x, y: label.y + label.height },
        { x, y: frame.y + frame.height },
      ]
}

function findCenter({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 }
}
