import type { Box, Direction, Point } from '../chart-layout.ts'

/** The engine's input: plain JSON, so that it can be sent to a worker. */
export interface LayoutGraph {
  direction: Direction
  root: GraphState
  arrows: GraphArrow[]
}

export interface GraphState {
  id: string
  /** The size of its box, or of its frame's header. */
  width: number
  height: number
  isParallel: boolean
  initial: string | null
  /** The states inside that are on the main path, in order. */
  mainPath: string[]
  states: GraphState[]
}

/** An arrow and the size of its label. */
export interface GraphArrow {
  id: string
  source: string
  targets: string[]
  width: number
  height: number
}

/** The places of everything in a graph, by the ids of states and arrows. */
export interface GraphPlaces {
  boxes: Record<string, Box>
  arrows: Record<string, ArrowPlace>
  /** The dot before an initial state, by the id of the frame. */
  initials: Record<string, { dot: Box; line: Point[] }>
}

export interface ArrowPlace {
  label: Box
  /** Whether it leads from one state of the main path straight to the next one. */
  isMain: boolean
  incoming: Point[]
  outgoing: Point[][]
}

/** A state of a graph, with references to its parent and children. */
export interface Node {
  id: string
  width: number
  height: number
  /** The space before a frame's content that its header takes up. */
  lead: Point
  isParallel: boolean
  parent: Node | null
  initial: Node | null
  mainPath: Node[]
  children: Node[]
}

/** An arrow of a graph, with the size of its label along the engine's axes. */
export interface Arrow {
  id: string
  source: Node
  targets: Node[]
  width: number
  height: number
}

/** Whether a node is `outer` or inside it. */
export function isWithin(node: Node | null, outer: Node): boolean {
  return node !== null && (node === outer || isWithin(node.parent, outer))
}

/** Whether an arrow's label is inside its source, because all its targets are. */
export function isInner({ source, targets }: Arrow): boolean {
  return (
    source.parent === null ||
    targets.every((target) => target !== source && isWithin(target, source))
  )
}

/** Finds the child of `outer` that is or contains a node; undefined if the node is elsewhere. */
export function findChild(outer: Node, node: Node): Node | undefined {
  if (node.parent === outer) return node
  return node.parent ? findChild(outer, node.parent) : undefined
}
