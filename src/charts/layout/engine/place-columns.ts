import type { Box, Point } from '../chart-layout.ts'
import { type Branch, listPath } from './arrange-states.ts'
import type { End, Line } from './connect-lines.ts'
import { gaps } from './gaps.ts'
import type { Arrow, Node } from './graph.ts'
import { type ChildSize, getEndHeight, getSize, type Rows } from './place-rows.ts'
import type { FramePlan, Route } from './plan-frame.ts'

/** The horizontal extents of a frame's content. */
export interface Columns {
  width: number
  boxes: Map<Node, Box>
  labels: Map<Arrow, Box>
  /** The x coordinate where each line ends at the top of a box. */
  ports: Map<Line, number>
  /** The x coordinate of the straight lines down each column. */
  middles: number[]
}

interface Context {
  plan: FramePlan
  sizes: Map<Node, ChildSize>
  rows: Rows
  columns: Columns
}

/** Part of a column: between `top` and `bottom`, nothing left of `right` is free. */
interface Obstacle {
  top: number
  bottom: number
  right: number
}

/** Places the columns of a frame from left to right, each with the lanes beside it. */
export function placeColumns(
  plan: FramePlan,
  sizes: Map<Node, ChildSize>,
  rows: Rows,
  left: number,
): Columns {
  const columns: Columns = {
    width: 0,
    boxes: new Map(),
    labels: new Map(),
    ports: new Map(),
    middles: [],
  }
  const context = { plan, sizes, rows, columns }
  let x = left
  for (let column = 0; column < Math.max(1, plan.arrangement.columns); column++) {
    const branches = [...plan.arrangement.branches.values()].filter(
      (branch) => branch.column === column,
    )
    placeBoxes(branches, x, context)
    if (column === 0) placeEntries(x, context)
    const obstacles = listObstacles(branches, column, x, context)
    const right = placeLanes(column, obstacles, x, context)
    columns.width = right
    x = right + gaps.frame + gaps.inset
  }
  columns.width += gaps.frame
  return columns
}

function placeBoxes(branches: Branch[], x: number, context: Context) {
  const { sizes, columns, rows } = context
  const arrivals = new Map(branches.map((branch) => [branch, listArrivals(branch, context)]))
  const common = Math.max(
    0,
    ...branches.filter(isPlain).map(({ node }) => getSize(sizes, node).width),
  )
  const measure = (branch: Branch) => (isPlain(branch) ? common : getSize(sizes, branch.node).width)
  const maxLeft = Math.max(0, ...[...arrivals.values()].map(({ left }) => left.length))
  const middle = Math.max(
    Math.round(Math.min(...branches.map(measure)) / 2),
    maxLeft * gaps.port + gaps.arrow,
  )
  columns.middles.push(x + middle)
  for (const [branch, { left, right }] of arrivals) {
    const width = Math.max(measure(branch), middle + right.length * gaps.port + gaps.arrow)
    const y = rows.tops.get(branch.node) ?? 0
    columns.boxes.set(branch.node, { x, y, width, height: rows.heights.get(branch.node) ?? 0 })
    assignPorts(left, right, x + middle, columns)
    placeLabels(branch, x, width, middle, context)
  }
}

/** Places the labels beside a box, and the one below it. */
function placeLabels(
  { node, sides, next }: Branch,
  x: number,
  width: number,
  middle: number,
  context: Context,
) {
  const beside = [
    ...(context.plan.labels.get(node) ?? []),
    ...sides.flatMap(({ straight }) => straight ?? []),
  ]
  for (const arrow of beside) placeLabel(arrow, x + width + gaps.frame, context)
  if (!next?.straight) return
  placeLabel(next.straight, Math.max(x, x + middle - next.straight.width / 2), context)
}

const isPlain = ({ node }: Branch) => node.children.length === 0

function placeLabel(arrow: Arrow, x: number, { rows, columns }: Context) {
  const { width, height } = arrow
  columns.labels.set(arrow, { x, y: rows.labelTops.get(arrow) ?? 0, width, height })
}

function placeEntries(x: number, context: Context) {
  for (const arrow of context.plan.entries) placeLabel(arrow, x, context)
}

interface Arrivals {
  left: Route[]
  right: Route[]
}

/**
 * Lists the lines that end at the top of a box, highest first, by the side that they come from.
 */
function listArrivals(branch: Branch, { plan }: Context): Arrivals {
  const arrivals = plan.routes
    .filter(({ hop }) => hop.to.kind === 'top' && hop.to.node === branch.node)
    .sort((a, b) => lastLane(a).at - lastLane(b).at)
  const isLeft = ({ lanes }: Route) => {
    const lane = lanes.at(-2)
    return lane?.kind === 'column' && lane.column < branch.column
  }
  return {
    left: arrivals.filter(isLeft),
    right: arrivals.filter((route) => !isLeft(route)),
  }
}

function lastLane({ lanes }: Route) {
  const lane = lanes.at(-1)
  if (!lane) throw new Error('The route has no lanes')
  return lane
}

// On each side, the highest line gets the port nearest to the middle, so that lines to the same box
// don't cross.
function assignPorts(left: Route[], right: Route[], middle: number, { ports }: Columns) {
  for (const [index, { hop }] of left.entries())
    ports.set(hop.line, middle - (index + 1) * gaps.port)
  for (const [index, { hop }] of right.entries()) {
    ports.set(hop.line, middle + (index + 1) * gaps.port)
  }
}

function listObstacles(
  branches: Branch[],
  column: number,
  x: number,
  { plan, columns, rows }: Context,
): Obstacle[] {
  const toObstacle = ({ x: boxX, y, width, height }: Box): Obstacle => ({
    top: y,
    bottom: y + height,
    right: boxX + width,
  })
  const middle = columns.middles[column] ?? x
  const getLabels = (arrows: (Arrow | null)[]) =>
    arrows.flatMap((arrow) => (arrow && columns.labels.get(arrow)) ?? [])
  const above = branches.flatMap(({ node, next, sides }) => {
    const box = columns.boxes.get(node)
    const arrows = [...(plan.labels.get(node) ?? []), next?.straight ?? null]
    const labels = getLabels([...arrows, ...sides.map(({ straight }) => straight)])
    return [...labels, ...(box ? [box] : [])]
  })
  const boxes = branches.flatMap(({ node }) => columns.boxes.get(node) ?? [])
  const bottoms = [0, ...above.map(({ y, height }) => y + height)].sort((a, b) => a - b)
  const strips = boxes.map((box) => ({
    top: bottoms.findLast((bottom) => bottom <= box.y) ?? 0,
    bottom: box.y,
    right: Math.max(middle, ...findPorts(box, plan.routes, columns)) + gaps.port,
  }))
  const entries = column === 0 ? getLabels(plan.entries) : []
  return [
    ...[...above, ...entries].map(toObstacle),
    ...strips,
    { top: rows.headHeight, bottom: rows.height, right: middle },
  ]
}

function findPorts(box: Box, routes: Route[], { boxes, ports }: Columns): number[] {
  return routes.flatMap(({ hop }) =>
    hop.to.kind === 'top' && boxes.get(hop.to.node) === box ? (ports.get(hop.line) ?? []) : [],
  )
}

/** Places the lanes beside a column, shortest nearest to it; returns the x where they end. */
function placeLanes(column: number, obstacles: Obstacle[], x: number, context: Context): number {
  const segments = context.plan.routes
    .flatMap((route) => listSegments(route, column, context))
    .sort((a, b) => a.bottom - a.top - (b.bottom - b.top))
  const placed: (Obstacle & { at: number })[] = []
  for (const { lane, top, bottom } of segments) {
    const isBeside = (obstacle: Obstacle) =>
      obstacle.top < bottom + gaps.inset && top - gaps.inset < obstacle.bottom
    const taken = placed.filter(isBeside).map(({ at }) => at)
    const nearest = Math.max(x, ...obstacles.filter(isBeside).map(({ right }) => right)) + 12
    lane.at = findFree(nearest, taken)
    placed.push({ top, bottom, right: lane.at, at: lane.at })
  }
  return Math.max(x, ...[...obstacles, ...placed].map(({ right }) => right))
}

function findFree(start: number, taken: number[]): number {
  let at = start
  for (const lane of taken.sort((a, b) => a - b)) {
    if (Math.abs(lane - at) < gaps.lane) at = lane + gaps.lane
  }
  return at
}

/** Lists the vertical parts of a route beside a column. */
function listSegments({ hop, lanes }: Route, column: number, { rows, sizes }: Context) {
  const ends = [hop.from, hop.to].map((end: End) => getEndHeight(end, hop.line, rows, sizes))
  return lanes.flatMap((lane, index) => {
    if (lane.kind !== 'column' || lane.column !== column) return []
    const from = lanes[index - 1]?.at ?? ends[0] ?? 0
    const to = lanes[index + 1]?.at ?? ends[1] ?? 0
    return [{ lane, top: Math.min(from, to), bottom: Math.max(from, to) }]
  })
}

/** Lists the points of a route, given the frame's right border. */
export function tracePoints(
  { hop, lanes }: Route,
  { boxes, labels, ports }: Columns,
  rows: Rows,
  sizes: Map<Node, ChildSize>,
  right: number,
): Point[] {
  const { from, to, line } = hop
  const findSide = (end: End) => {
    if (end.kind === 'border') return right
    const box = end.kind === 'label' ? labels.get(line.arrow) : boxes.get(end.node)
    return box ? box.x + box.width : 0
  }
  const startY =
    from.kind === 'border'
      ? (rows.borderLanes.get(line) ?? 0)
      : getEndHeight(from, line, rows, sizes)
  const points: Point[] = [{ x: findSide(from), y: startY }]
  const add = (point: Partial<Point>) =>
    points.push({ ...(points.at(-1) ?? { x: 0, y: 0 }), ...point })
  for (const lane of lanes) add(lane.kind === 'column' ? { x: lane.at } : { y: lane.at })
  if (to.kind === 'border') add({ x: right })
  if (to.kind === 'frame') {
    add({ y: getEndHeight(to, line, rows, sizes) })
    add({ x: findSide(to) })
  }
  if (to.kind === 'top') {
    add({ x: ports.get(line) ?? 0 })
    add({ y: boxes.get(to.node)?.y ?? 0 })
  }
  return points
}

/** Lists the branches that a straight arrow leads to. */
export function listStraight(head: Branch | null): Branch[] {
  return listPath(head).flatMap((branch) => [
    ...(branch.straight ? [branch] : []),
    ...branch.sides.flatMap(listStraight),
  ])
}
