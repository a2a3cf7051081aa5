import {
  type Arrangement,
  arrangeRows,
  arrangeStates,
  type Branch,
  listMembers,
  listPath,
} from './arrange-states.ts'
import { connectLines, type Hop, type Line } from './connect-lines.ts'
import { createArrow, createNode } from './create-nodes.ts'
import { gaps } from './gaps.ts'
import {
  type Arrow,
  type GraphPlaces,
  isInner,
  type LayoutGraph,
  type Node,
} from './layout-graph.ts'
import { placeColumns } from './place-columns.ts'
import { type Frame, joinHops, placeFrames } from './place-frames.ts'
import { type ChildSize, placeRows } from './place-rows.ts'
import { planFrame } from './plan-frame.ts'
import { transposePlaces } from './transpose.ts'

/**
 * Lays out a graph. The main path of each frame runs down its first column; other states stand beside
 * it. Each line runs on lanes of its own, between the boxes, so that no line lies on another one or
 * on a box. Takes time in proportion to the square of the lines at one column, at worst.
 */
export function layOutGraph({ direction, root, arrows }: LayoutGraph): GraphPlaces {
  const nodes = new Map<string, Node>()
  const rootNode = createNode(root, null, direction, nodes)
  const ends = arrows.map((arrow) => createArrow(arrow, direction, nodes))
  const places = layOut(rootNode, ends)
  return direction === 'right' ? transposePlaces(places) : places
}

function layOut(root: Node, arrows: Arrow[]): GraphPlaces {
  const lines = arrows.flatMap(connectLines)
  const frames = layOutFrames(root, arrows, lines)
  const places = placeFrames(root, frames)
  for (const line of lines) {
    const outgoing = places.arrows[line.arrow.id]?.outgoing
    if (outgoing && outgoing[line.index]?.length === 0)
      outgoing[line.index] = joinHops(line, frames)
  }
  return places
}

/** Lays out every frame, the innermost first, each from its own corner. */
function layOutFrames(root: Node, arrows: Arrow[], lines: Line[]): Map<Node, Frame> {
  const frames = new Map<Node, Frame>()
  const hopsByFrame = groupBy(
    lines.flatMap(({ hops }) => hops),
    ({ frame }) => frame,
  )
  const labelled = groupBy(arrows, ({ source }) => source)
  const visit = (node: Node, labelHeight: number): ChildSize => {
    if (node.children.length === 0) return measurePlain(node)
    const arrangement = node.isParallel ? null : arrangeStates(node, arrows)
    const straight = new Set([...(arrangement?.branches.values() ?? [])].map((one) => one.straight))
    const sizes = new Map(
      node.children.map((child) => {
        const beside = (labelled.get(child) ?? []).filter(
          (arrow) => !isInner(arrow) && !straight.has(arrow),
        )
        return [child, visit(child, sumHeights(beside))] as const
      }),
    )
    const frame = layOutFrame(
      node,
      arrangement ?? arrangeRegions(node, sizes),
      arrows,
      hopsByFrame.get(node) ?? [],
      sizes,
      labelHeight,
    )
    frames.set(node, frame)
    return toChildSize(node, frame)
  }
  const { width, height } = visit(root, 0)
  const rootFrame = frames.get(root)
  if (rootFrame) rootFrame.box = { x: 0, y: 0, width, height }
  return frames
}

function layOutFrame(
  node: Node,
  arrangement: Arrangement,
  arrows: Arrow[],
  hops: Hop[],
  sizes: Map<Node, ChildSize>,
  labelHeight: number,
): Frame {
  const plan = planFrame(node, arrangement, arrows, hops)
  const rows = placeRows(plan, sizes, Math.max(node.lead.y, labelHeight))
  const columns = placeColumns(plan, sizes, rows, node.lead.x + gaps.frame)
  return { plan, sizes, rows, columns, box: { x: 0, y: 0, width: 0, height: 0 } }
}

/** Wraps regions in as many rows as make the picture's width and height most alike. */
function arrangeRegions({ children }: Node, sizes: Map<Node, ChildSize>): Arrangement {
  const measure = (child: Node) => (sizes.get(child)?.width ?? 0) + regionGap
  const widths = children.map((_, index) => sum(children.slice(0, index + 1).map(measure)))
  const candidates = widths.map((maxWidth) => arrangeRows(children, measure, maxWidth))
  const extents = candidates.map(({ head }) => measureRows(head, sizes))
  const best = extents.indexOf(Math.min(...extents))
  return candidates[best] ?? arrangeRows(children, measure, 0)
}

/** Measures the larger side of regions in rows, as if for a screen of the usual proportions. */
function measureRows(head: Branch | null, sizes: Map<Node, ChildSize>): number {
  const rows = listPath(head).map((first) =>
    listMembers(first).map(({ node }) => sizes.get(node) ?? measurePlain(node)),
  )
  const width = Math.max(...rows.map((row) => sum(row.map((size) => size.width + regionGap))))
  const height = sum(rows.map((row) => Math.max(...row.map((size) => size.height))))
  return Math.max(width, height * screenRatio)
}

const regionGap = 2 * gaps.frame
const screenRatio = 1.5

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

function sumHeights(arrows: Arrow[]): number {
  return arrows.length === 0 ? 0 : gaps.inset + sum(arrows.map(({ height }) => height + gaps.label))
}

const measurePlain = ({ width, height }: Node): ChildSize => ({
  width,
  height,
  headHeight: 0,
  borderLanes: new Map(),
})

function groupBy<Item, Key>(items: Item[], getKey: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(getKey(item))
    if (group) group.push(item)
    else groups.set(getKey(item), [item])
  }
  return groups
}

function toChildSize(node: Node, { rows, columns }: Frame): ChildSize {
  return {
    width: Math.max(node.width, columns.width),
    height: Math.max(node.height, rows.height),
    headHeight: rows.headHeight,
    borderLanes: rows.borderLanes,
  }
}
