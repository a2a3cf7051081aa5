import { groupBy } from '#shared/groups.ts'
import { type Arrangement, arrangeStacks, arrangeStates } from './arrange-states.ts'
import { connectLines, type Hop, type Line } from './connect-lines.ts'
import { createArrow, createNode } from './create-nodes.ts'
import { gaps } from './gaps.ts'
import { type Arrow, type GraphPlaces, isInner, type LayoutGraph, type Node } from './graph.ts'
import { placeColumns } from './place-columns.ts'
import { type Frame, joinHops, placeFrames } from './place-frames.ts'
import { type ChildSize, placeRows } from './place-rows.ts'
import { planFrame } from './plan-frame.ts'
import { transposePlaces } from './transpose.ts'

/**
 * Lays out a graph. The main path of each frame runs down its first column; other states are beside
 * it. Each line has its own lanes between the boxes, so that no line overlaps another line or a
 * box. The worst-case time is quadratic in the number of lines at one column.
 */
export function placeGraph({ direction, root, arrows }: LayoutGraph): GraphPlaces {
  const nodes = new Map<string, Node>()
  const rootNode = createNode(root, null, direction, nodes)
  const ends = arrows.map((arrow) => createArrow(arrow, direction, nodes))
  // A graph to the right is laid out downwards, and transposed.
  const aspectRatio = direction === 'right' ? 1 / screenRatio : screenRatio
  const places = placeNodes(rootNode, ends, aspectRatio)
  return direction === 'right' ? transposePlaces(places) : places
}

function placeNodes(root: Node, arrows: Arrow[], aspectRatio: number): GraphPlaces {
  const lines = arrows.flatMap(connectLines)
  const frames = arrangeFrames(root, arrows, lines, aspectRatio)
  const places = placeFrames(root, frames)
  for (const line of lines) {
    const outgoing = places.arrows[line.arrow.id]?.outgoing
    if (outgoing && outgoing[line.index]?.length === 0)
      outgoing[line.index] = joinHops(line, frames)
  }
  return places
}

/** Lays out every frame, innermost first, relative to its own corner. */
function arrangeFrames(
  root: Node,
  arrows: Arrow[],
  lines: Line[],
  aspectRatio: number,
): Map<Node, Frame> {
  const frames = new Map<Node, Frame>()
  const hopsByFrame = groupBy(
    lines.flatMap(({ hops }) => hops),
    ({ frame }) => frame,
  )
  const labelled = groupBy(arrows, ({ source }) => source)
  const visit = (node: Node, labelHeight: number): ChildSize => {
    if (node.children.length === 0) return measurePlain(node)
    const arrangement = node.isParallel ? null : arrangeStates(node, arrows)
    const straight = new Set(
      [...(arrangement?.branches.values() ?? [])].map((branch) => branch.straight),
    )
    const sizes = new Map(
      node.children.map((child) => {
        const beside = (labelled.get(child) ?? []).filter(
          (arrow) => !isInner(arrow) && !straight.has(arrow),
        )
        return [child, visit(child, sumHeights(beside))] as const
      }),
    )
    const frame = arrangeFrame(
      node,
      arrangement ?? arrangeRegions(node, sizes, aspectRatio),
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

function arrangeFrame(
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

/** Wraps regions into as many columns as best fit a screen of this ratio of width to height. */
function arrangeRegions(
  { children }: Node,
  sizes: Map<Node, ChildSize>,
  aspectRatio: number,
): Arrangement {
  const measure = (child: Node) => sizes.get(child) ?? measurePlain(child)
  const heights = children.map((child) => measure(child).height + regionGap)
  const candidates = listSums(heights).map((maxHeight) => {
    const stacks = fillStacks(children, heights, maxHeight)
    const measured = stacks.map((stack) => stack.map(measure))
    return { stacks, extent: measureStacks(measured, aspectRatio) }
  })
  const least = Math.min(...candidates.map(({ extent }) => extent))
  return arrangeStacks(candidates.find(({ extent }) => extent === least)?.stacks ?? [])
}

const maxCompared = 12

/**
 * Lists the possible heights of a stack of successive regions. If there are many regions, only
 * considers stacks that start with the first one.
 */
function listSums(heights: number[]): number[] {
  const starts = heights.length > maxCompared ? [0] : heights.keys()
  const tallest = Math.max(...heights)
  return [...starts].flatMap((start) =>
    heights
      .slice(start)
      .map((_, index) => Math.max(tallest, sum(heights.slice(start, start + index + 1)))),
  )
}

function fillStacks(nodes: Node[], heights: number[], maxHeight: number): Node[][] {
  const stacks: Node[][] = []
  let height = Number.POSITIVE_INFINITY
  for (const [index, node] of nodes.entries()) {
    const own = heights[index] ?? 0
    height += own
    if (height <= maxHeight) stacks.at(-1)?.push(node)
    else {
      stacks.push([node])
      height = own
    }
  }
  return stacks
}

/** Measures the larger side of stacks beside each other, scaled as if the screen were square. */
function measureStacks(stacks: ChildSize[][], aspectRatio: number): number {
  const widths = stacks.map((stack) => Math.max(...stack.map(({ width }) => width)) + regionGap)
  const heights = stacks.map((stack) => sum(stack.map(({ height }) => height + regionGap)))
  return Math.max(sum(widths), Math.max(...heights) * aspectRatio)
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

function toChildSize(node: Node, { rows, columns }: Frame): ChildSize {
  return {
    width: Math.max(node.width, columns.width),
    height: Math.max(node.height, rows.height),
    headHeight: rows.headHeight,
    borderLanes: rows.borderLanes,
  }
}
