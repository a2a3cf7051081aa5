import { type Arrow, findChild, isInner, isWithin, type Node } from './graph.ts'

/** A line from an arrow's label to one of its targets. */
export interface Line {
  arrow: Arrow
  target: Node
  index: number
  hops: Hop[]
}

/** The part of a line inside one frame. */
export interface Hop {
  line: Line
  frame: Node
  from: End
  to: End
}

/**
 * Where a hop starts or ends: at a label beside a child (or, without a child, in the frame's first
 * rows), at a line's place on a child's border, at the top of a child, or on the frame's own
 * border.
 */
export type End =
  | { kind: 'label'; node: Node | null }
  | { kind: 'frame'; node: Node }
  | { kind: 'top'; node: Node }
  | { kind: 'border' }

/** Creates an arrow's lines, split at the borders of the frames that they cross. */
export function connectLines(arrow: Arrow): Line[] {
  return arrow.targets.map((target, index) => {
    const line: Line = { arrow, target, index, hops: [] }
    line.hops = listHops(line)
    return line
  })
}

/** Lists the lines that cross a frame's border or end there. */
export function listBorderLines(hops: Hop[]): Line[] {
  return hops
    .filter(({ from, to }) => from.kind === 'border' || to.kind === 'border')
    .map(({ line }) => line)
}

function listHops(line: Line): Hop[] {
  const { arrow, target } = line
  const { source } = arrow
  const inner = isInner(arrow) || source.parent === null
  let frame = inner ? source : (source.parent ?? source)
  let from: End = { kind: 'label', node: inner ? null : source }
  const hops: Hop[] = []
  const isReached = () => frame === target || (isWithin(target, frame) && target !== frame)
  while (!isReached() && frame.parent) {
    hops.push({ line, frame, from, to: { kind: 'border' } })
    from = { kind: 'frame', node: frame }
    frame = frame.parent
  }
  if (frame === target) return [...hops, { line, frame, from, to: { kind: 'border' } }]
  return [...hops, ...descend(line, frame, from)]
}

function descend(line: Line, start: Node, begin: End): Hop[] {
  const hops: Hop[] = []
  let [frame, from] = [start, begin]
  for (;;) {
    const child = findChild(frame, line.target)
    if (!child) return hops
    if (child === line.target) {
      hops.push({ line, frame, from, to: { kind: 'top', node: child } })
      return hops
    }
    hops.push({ line, frame, from, to: { kind: 'frame', node: child } })
    frame = child
    from = { kind: 'border' }
  }
}
