import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type {
  Box,
  ChartLayout,
  Direction,
  PlacedArrow,
  PlacedInitial,
  PlacedState,
  Point,
} from './layout.ts'
import {
  containerOf,
  dotNode,
  incomingEdge,
  type LayoutGraph,
  labelNode,
  outgoingEdge,
  stateNode,
  waysOf,
} from './layout-graph.ts'
import {
  type Arrow,
  type VisibleChart,
  type VisibleState,
  visibleStatesOf,
} from './visible-chart.ts'

/** Reads what the layout engine made of a graph. */
export function layoutOf(
  placed: ElkNode,
  chart: VisibleChart,
  { stateTexts, arrowTexts }: LayoutGraph,
  direction: Direction,
): ChartLayout {
  const boxes = new Map(nodesIn(placed).map((node) => [node.id, boxOf(node)]))
  const lines = new Map((placed.edges ?? []).map((edge) => [edge.id, pointsOf(edge)]))
  const boxNamed = (id: string) => boxes.get(id) ?? nowhere
  const textOf = (state: VisibleState) => stateTexts.get(state) ?? noText
  const frameOf = (state: VisibleState) => boxNamed(stateNode(state))
  const ways = waysOf(chart)

  const lineOf = (arrow: Arrow, id: string) => {
    const line = lines.get(id) ?? []
    return ways.get(arrow) === 'back' ? line.toReversed() : line
  }
  const placedArrow = (arrow: Arrow): PlacedArrow => {
    const label = boxNamed(labelNode(arrow))
    const container = containerOf(arrow)
    const frame = frameOf(container)
    const incoming =
      container === arrow.source
        ? entryStub(frame, textOf(container).height, label, direction)
        : lineOf(arrow, incomingEdge(arrow))
    const outgoing = arrow.targets.map((target, index) =>
      target === container
        ? exitStub(frame, label, direction)
        : lineOf(arrow, outgoingEdge(arrow, index)),
    )
    return { arrow, label, text: arrowTexts.get(arrow) ?? noText, incoming, outgoing }
  }
  const placedInitial = (state: VisibleState): PlacedInitial[] => {
    const [id, dot, line] = [state.state.id, boxes.get(dotNode(state)), lines.get(dotNode(state))]
    return dot && line ? [{ id, dot: centredOn(line, dot, direction), line }] : []
  }

  const states = visibleStatesOf(chart.root)
  const { width, height } = frameOf(chart.root)
  return {
    width,
    height,
    states: states.map(
      (visible): PlacedState => ({
        visible,
        box: frameOf(visible),
        text: textOf(visible),
        depth: depthOf(visible),
      }),
    ),
    arrows: chart.arrows.map(placedArrow),
    initials: states.flatMap(placedInitial),
  }
}

// The engine lets a line begin beside the middle of so small a node.
function centredOn([start]: Point[], dot: Box, direction: Direction): Box {
  if (!start) return dot
  return direction === 'down'
    ? { ...dot, x: start.x - dot.width / 2 }
    : { ...dot, y: start.y - dot.height / 2 }
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 }
const noText = { width: 0, height: 0, blocks: [] }

function depthOf({ parent }: VisibleState): number {
  return parent ? depthOf(parent) + 1 : 0
}

function nodesIn(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesIn)]
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Box {
  return { x, y, width, height }
}

function pointsOf({ sections = [] }: ElkExtendedEdge): Point[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ])
}

// Labels of such arrows stand in the first or the last layer, with nothing between them and the border.
function entryStub(frame: Box, headHeight: number, label: Box, direction: Direction): Point[] {
  const { x, y } = middleOf(label)
  return direction === 'right'
    ? [
        { x: frame.x, y },
        { x: label.x, y },
      ]
    : [
        { x, y: frame.y + headHeight },
        { x, y: label.y },
      ]
}

function exitStub(frame: Box, label: Box, direction: Direction): Point[] {
  const { x, y } = middleOf(label)
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

function middleOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 }
}
