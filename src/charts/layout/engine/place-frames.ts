import type { Box, Point } from '../chart-layout.ts'
import type { Branch } from './arrange-states.ts'
import type { Line } from './connect-lines.ts'
import { gaps } from './gaps.ts'
import type { ArrowPlace, GraphPlaces, Node } from './graph.ts'
import { type Columns, listStraight, tracePoints } from './place-columns.ts'
import type { ChildSize, Rows } from './place-rows.ts'
import type { FramePlan } from './plan-frame.ts'

/** A laid-out frame; the coordinates inside are relative to its own corner. */
export interface Frame {
  plan: FramePlan
  sizes: Map<Node, ChildSize>
  rows: Rows
  columns: Columns
  /** Its place in the whole chart, set by `placeFrames`. */
  box: Box
}

/** Moves everything to its place in the whole chart, outermost frame first. */
export function placeFrames(root: Node, frames: Map<Node, Frame>): GraphPlaces {
  const places: GraphPlaces = { boxes: {}, arrows: {}, initials: {} }
  const visit = (node: Node, box: Box) => {
    places.boxes[node.id] = box
    const frame = frames.get(node)
    if (!frame) return
    frame.box = box
    for (const [child, childBox] of frame.columns.boxes) visit(child, moveBox(childBox, box))
    placeInitial(node, frame, places)
    placeArrows(frame, places)
  }
  visit(root, frames.get(root)?.box ?? { x: 0, y: 0, width: root.width, height: root.height })
  return places
}

/** Joins the parts of a line that are in different frames. */
export function joinHops({ hops }: Line, frames: Map<Node, Frame>): Point[] {
  const points = hops.flatMap((hop) => {
    const frame = frames.get(hop.frame)
    const route = frame?.plan.routes.find((candidate) => candidate.hop === hop)
    if (!frame || !route) return []
    const { columns, rows, sizes, box } = frame
    return movePoints(tracePoints(route, columns, rows, sizes, box.width), box)
  })
  return simplify(points)
}

function placeInitial(node: Node, { rows, columns, plan, box }: Frame, places: GraphPlaces) {
  const target = node.initial && columns.boxes.get(node.initial)
  if (!target || plan.arrangement.head?.node !== node.initial) return
  const x = columns.middles[0] ?? 0
  const dot = { x: x - gaps.dot / 2, y: rows.dotTop, width: gaps.dot, height: gaps.dot }
  const line = createVertical(x, dot.y + gaps.dot, target.y)
  places.initials[node.id] = { dot: moveBox(dot, box), line: movePoints(line, box) }
}

function placeArrows({ plan, columns, box }: Frame, places: GraphPlaces) {
  const straight = new Map(
    listStraight(plan.arrangement.head).map((branch) => [branch.straight, branch] as const),
  )
  for (const [arrow, label] of columns.labels) {
    const source = columns.boxes.get(arrow.source)
    const branch = straight.get(arrow)
    const isDown = branch !== undefined && !branch.trunk?.sides.includes(branch)
    const lines = isDown
      ? traceDown(branch, source, label, columns)
      : traceAcross(branch, source ? source.x + source.width : plan.frame.lead.x, label, columns)
    places.arrows[arrow.id] = {
      label: moveBox(label, box),
      isMain: isDown && branch.column === 0,
      incoming: movePoints(lines.incoming, box),
      // `joinHops` traces the lines that are not straight.
      outgoing: branch
        ? lines.outgoing.map((line) => movePoints(line, box))
        : arrow.targets.map(() => []),
    }
  }
}

type Lines = Pick<ArrowPlace, 'incoming' | 'outgoing'>

/** Traces a straight arrow down a column. */
function traceDown(
  { node, column }: Branch,
  source: Box | undefined,
  label: Box,
  { boxes, middles }: Columns,
): Lines {
  const x = middles[column] ?? 0
  return {
    incoming: createVertical(x, (source?.y ?? 0) + (source?.height ?? 0), label.y),
    outgoing: [createVertical(x, label.y + label.height, boxes.get(node)?.y ?? 0)],
  }
}

/** Traces the line from a box to the label beside it, and on to the state beside the label. */
function traceAcross(
  branch: Branch | undefined,
  startX: number,
  label: Box,
  { boxes }: Columns,
): Lines {
  const y = label.y + label.height / 2
  const target = branch && boxes.get(branch.node)
  return {
    incoming: createHorizontal(y, startX, label.x),
    outgoing: [createHorizontal(y, label.x + label.width, target?.x ?? 0)],
  }
}

const createVertical = (x: number, from: number, to: number): Point[] => [
  { x, y: from },
  { x, y: to },
]

const createHorizontal = (y: number, from: number, to: number): Point[] => [
  { x: from, y },
  { x: to, y },
]

/** Drops the points where a line doesn't bend. */
function simplify(points: Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)]
    if (last && last.x === point.x && last.y === point.y) continue
    if (before && last && isOnLine(before, last, point)) kept.pop()
    kept.push(point)
  }
  return kept
}

const isOnLine = (start: Point, middle: Point, end: Point) =>
  (start.x === middle.x && middle.x === end.x) || (start.y === middle.y && middle.y === end.y)

const move = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y })

const movePoints = (points: Point[], by: Point) => points.map((point) => move(point, by))

const moveBox = (box: Box, by: Point): Box => ({ ...box, ...move(box, by) })
