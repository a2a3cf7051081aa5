import { groupBy } from '#shared/groups.ts'
import { type Arrangement, type Branch, findInColumn } from './arrange-states.ts'
import { type End, type Hop, type Line, listBorderLines } from './connect-lines.ts'
import { type Arrow, isInner, type Node } from './graph.ts'

/** The contents of a frame, before anything is placed. */
export interface FramePlan {
  frame: Node
  arrangement: Arrangement
  /** The labels beside each child, except those on straight lines. */
  labels: Map<Node, Arrow[]>
  /** The arrows from the frame to states inside it. */
  entries: Arrow[]
  routes: Route[]
  /** The lines that cross the frame's border, each at its own place. */
  borderLines: Line[]
}

/** A hop, and the lanes on which it runs, alternately along and across the columns. */
export interface Route {
  hop: Hop
  lanes: Lane[]
}

/**
 * A track reserved for one line. A column lane runs beside the states of a column. A row lane runs
 * above a branch and everything to its right or, without a branch, below the frame's header.
 */
export type Lane =
  | { kind: 'column'; column: number; at: number }
  | { kind: 'row'; branch: Branch | null; isEnd: boolean; at: number }

/**
 * Plans the lanes of a frame's lines. No lane crosses a box: row lanes run between boxes, column
 * lanes beside them.
 */
export function planFrame(
  frame: Node,
  arrangement: Arrangement,
  arrows: Arrow[],
  hops: Hop[],
): FramePlan {
  const { branches } = arrangement
  const isStraight = ({ line, to }: Hop) =>
    to.kind === 'top' && branches.get(to.node)?.straight === line.arrow
  const straight = new Set([...branches.values()].map((branch) => branch.straight))
  const labelled = arrows.filter(
    (arrow) => !isInner(arrow) && arrow.source.parent === frame && !straight.has(arrow),
  )
  return {
    frame,
    arrangement,
    labels: groupBy(labelled, ({ source }) => source),
    entries: arrows.filter((arrow) => arrow.source === frame && isInner(arrow)),
    routes: hops
      .filter((hop) => !isStraight(hop))
      .map((hop) => ({ hop, lanes: chooseLanes(hop, branches) })),
    borderLines: listBorderLines(hops),
  }
}

const createColumnLane = (column: number): Lane => ({ kind: 'column', column, at: 0 })
const createRowLane = (branch: Branch | null, isEnd = false): Lane => ({
  kind: 'row',
  branch,
  isEnd,
  at: 0,
})

function chooseLanes({ from, to }: Hop, branches: Map<Node, Branch>): Lane[] {
  const [start, end] = [findBranch(from, branches), findBranch(to, branches)]
  if (to.kind === 'border') return [createColumnLane(start?.column ?? 0), createRowLane(null)]
  if (!end) return []
  const last = to.kind === 'top' ? [createRowLane(end, true)] : []
  if (from.kind === 'border') return [createRowLane(null), createColumnLane(end.column), ...last]
  const column = start?.column ?? 0
  if (column === end.column) return [createColumnLane(column), ...last]
  // The row above a region further down in a stack is free only up to its own column's lanes.
  const isFree = to.kind === 'top' && end.stackHead === null
  if (isFree && column >= end.column - 1) return [createColumnLane(column), ...last]
  const above =
    column > end.column && start
      ? findInColumn(start, end.column + 1)
      : findInColumn(end, column + 1)
  const arrival = isFree ? end.column - 1 : end.column
  return [createColumnLane(column), createRowLane(above), createColumnLane(arrival), ...last]
}

function findBranch(end: End, branches: Map<Node, Branch>): Branch | undefined {
  return end.kind === 'border' || end.node === null ? undefined : branches.get(end.node)
}
