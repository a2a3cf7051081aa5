import { type Branch, listMembers, listPath } from './arrange-states.ts'
import type { End, Line } from './connect-lines.ts'
import { gaps } from './gaps.ts'
import type { Arrow, Node } from './graph.ts'
import type { FramePlan, Route } from './plan-frame.ts'

/** The size of a child and, for a frame, the y at which each line crosses its border. */
export interface ChildSize {
  width: number
  height: number
  /** The height of a frame's header and the lanes below it; 0 for a plain box. */
  headHeight: number
  borderLanes: Map<Line, number>
}

/** The vertical extents of a frame's content. */
export interface Rows {
  height: number
  headHeight: number
  tops: Map<Node, number>
  heights: Map<Node, number>
  /** The top of each label. */
  labelTops: Map<Arrow, number>
  borderLanes: Map<Line, number>
  dotTop: number
}

/** Places a frame's children, labels and row lanes from top to bottom. */
export function placeRows(plan: FramePlan, sizes: Map<Node, ChildSize>, lead: number): Rows {
  const rows: Rows = {
    height: 0,
    headHeight: 0,
    tops: new Map(),
    heights: new Map(),
    labelTops: new Map(),
    borderLanes: new Map(),
    dotTop: 0,
  }
  const laneRows = countLanes(plan.routes)
  const stripTops = new Map<Branch, number>()
  const context = { plan, sizes, rows, laneRows, stripTops }
  const top = placeHead(plan, rows, lead)
  const { head } = plan.arrangement
  const bottom = plan.frame.isParallel
    ? placeStacks(head, top, context)
    : placePath(head, top, context)
  rows.height = bottom + gaps.frame
  for (const [branch, stripTop] of stripTops) {
    assignRowLanes(branch, stripTop, context)
  }
  return rows
}

interface Context {
  plan: FramePlan
  sizes: Map<Node, ChildSize>
  rows: Rows
  laneRows: Map<Branch, number>
  stripTops: Map<Branch, number>
}

/** Places what is between a frame's header and its states; returns the y where the states start. */
function placeHead({ borderLines, entries, routes, frame }: FramePlan, rows: Rows, lead: number) {
  let y = lead + gaps.arrow
  for (const line of borderLines) {
    rows.borderLanes.set(line, y)
    y += gaps.lane
  }
  for (const { hop, lanes } of routes) {
    for (const lane of lanes) {
      if (lane.kind === 'row' && !lane.branch) lane.at = rows.borderLanes.get(hop.line) ?? y
    }
  }
  rows.headHeight = y
  for (const arrow of entries) {
    rows.labelTops.set(arrow, y)
    y += arrow.height + gaps.label
  }
  rows.dotTop = y
  return frame.initial ? y + gaps.dot + 4 : y
}

function placePath(head: Branch | null, top: number, context: Context, minTop = top): number {
  let [y, least] = [top, minTop]
  for (const branch of listPath(head)) {
    y = placeBand(branch, Math.max(y + reserveStrip(branch, y, context), least), context)
    least = y
  }
  return y
}

/** Places a state, its labels and the paths beside it; returns the y where they end. */
function placeBand(branch: Branch, top: number, context: Context): number {
  const { rows, sizes, plan } = context
  const { node } = branch
  const size = getSize(sizes, node)
  rows.tops.set(node, top)
  let y = top + gaps.inset
  for (const arrow of plan.labels.get(node) ?? []) {
    rows.labelTops.set(arrow, y)
    y += arrow.height + gaps.label
  }
  let reach = plan.labels.has(node) ? y - gaps.label + gaps.inset : top
  y = Math.max(plan.labels.has(node) ? y : top, top + size.headHeight)
  for (const side of branch.sides) {
    const middle = getMiddle(getSize(sizes, side.node))
    const half = (side.straight?.height ?? 0) / 2
    const bottom = placePath(side, y, context, y + half - middle)
    y = bottom + gaps.label
    if (!side.straight) continue
    const labelTop = (rows.tops.get(side.node) ?? 0) + middle - half
    rows.labelTops.set(side.straight, labelTop)
    reach = labelTop + side.straight.height + gaps.inset
    y = Math.max(y, labelTop + side.straight.height + gaps.label)
  }
  const height = Math.max(size.height, reach - top)
  rows.heights.set(node, height)
  return Math.max(y, placeNextLabel(branch, top + height, context))
}

/** Places the label of the straight arrow to the next state below the box. */
function placeNextLabel({ next }: Branch, bottom: number, { rows }: Context): number {
  if (!next?.straight) return bottom
  rows.labelTops.set(next.straight, bottom + gaps.arrow)
  return bottom + gaps.arrow + next.straight.height
}

/** Places stacks of regions beside each other, with their first regions at the same top. */
function placeStacks(head: Branch | null, top: number, context: Context): number {
  const heads = head ? listMembers(head) : []
  let y = top
  for (const branch of heads) y += reserveStrip(branch, y, context)
  const bottoms = heads.map((branch) => {
    let bottom = y
    for (const region of listPath(branch)) {
      if (region !== branch) bottom += reserveStrip(region, bottom, context)
      bottom = placeBand({ ...region, sides: [], next: null }, bottom, context)
    }
    return bottom
  })
  return Math.max(y, ...bottoms)
}

/** Reserves space for the row lanes above a branch; returns its height. */
function reserveStrip(branch: Branch, top: number, { laneRows, stripTops }: Context): number {
  const count = laneRows.get(branch) ?? 0
  stripTops.set(branch, top)
  if (count === 0) return isFirstBeside(branch) ? gaps.label : gaps.head
  return count * gaps.lane + gaps.head
}

const isFirstBeside = ({ trunk, node }: Branch) =>
  trunk?.sides.some((side) => side.node === node) === true

function countLanes(routes: Route[]): Map<Branch, number> {
  const counts = new Map<Branch, number>()
  for (const { lanes } of routes) {
    for (const lane of lanes) {
      if (lane.kind === 'row' && lane.branch) {
        counts.set(lane.branch, (counts.get(lane.branch) ?? 0) + 1)
      }
    }
  }
  return counts
}

/**
 * Assigns the row lanes above a branch: passing lines before those that end there, then the
 * farthest source first.
 */
function assignRowLanes(branch: Branch, stripTop: number, { plan, rows, sizes }: Context) {
  const used = plan.routes.flatMap(({ hop, lanes }) =>
    lanes.flatMap((lane) =>
      lane.kind === 'row' && lane.branch === branch
        ? [{ lane, distance: Math.abs(getEndHeight(hop.from, hop.line, rows, sizes) - stripTop) }]
        : [],
    ),
  )
  used.sort((a, b) => Number(a.lane.isEnd) - Number(b.lane.isEnd) || b.distance - a.distance)
  for (const [index, { lane }] of used.entries()) lane.at = stripTop + gaps.lane * (index + 0.5)
}

/** Returns the y at which a line starts or ends at a label or a child's border. */
export function getEndHeight(
  end: End,
  line: Line,
  rows: Rows,
  sizes: Map<Node, ChildSize>,
): number {
  const { arrow, index } = line
  if (end.kind === 'label') {
    const middle = (rows.labelTops.get(arrow) ?? 0) + arrow.height / 2
    return middle + (index - (arrow.targets.length - 1) / 2) * gaps.lane
  }
  if (end.kind !== 'frame') return rows.headHeight
  return (rows.tops.get(end.node) ?? 0) + (getSize(sizes, end.node).borderLanes.get(line) ?? 0)
}

function getMiddle({ height, headHeight }: ChildSize): number {
  return headHeight > 0 ? Math.min(headHeight, 40) / 2 : height / 2
}

/** Returns the size of a frame's child; throws if the child has not been measured. */
export function getSize(sizes: Map<Node, ChildSize>, node: Node): ChildSize {
  const size = sizes.get(node)
  if (!size) throw new Error(`${node.id} has no size`)
  return size
}
