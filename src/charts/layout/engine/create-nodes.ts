import type { Direction } from '../chart-layout.ts'
import { gaps } from './gaps.ts'
import type { Arrow, GraphArrow, GraphState, Node } from './graph.ts'

/** Creates the nodes of a state and its descendants, with their sizes along the engine's axes. */
export function createNode(
  state: GraphState,
  parent: Node | null,
  direction: Direction,
  nodes: Map<string, Node>,
): Node {
  const isRight = direction === 'right'
  const node: Node = {
    id: state.id,
    width: isRight ? state.height : state.width,
    height: isRight ? state.width : state.height,
    lead: isRight ? { x: state.height, y: 0 } : { x: 0, y: state.height },
    isParallel: state.isParallel,
    parent,
    initial: null,
    mainPath: [],
    children: [],
  }
  nodes.set(state.id, node)
  node.children = state.states.map((child) => createNode(child, node, direction, nodes))
  node.initial = node.children.find(({ id }) => id === state.initial) ?? null
  node.mainPath = state.mainPath.flatMap(
    (id) => node.children.find((child) => child.id === id) ?? [],
  )
  return node
}

/** Creates an arrow between nodes, with the size of its label along the engine's axes. */
export function createArrow(
  arrow: GraphArrow,
  direction: Direction,
  nodes: Map<string, Node>,
): Arrow {
  const getNode = (id: string) => {
    const node = nodes.get(id)
    if (!node) throw new Error(`The graph has no state ${id}`)
    return node
  }
  const isRight = direction === 'right'
  const width = isRight ? arrow.height : arrow.width
  const height = isRight ? arrow.width : arrow.height
  return {
    id: arrow.id,
    source: getNode(arrow.source),
    targets: arrow.targets.map(getNode),
    width,
    height: Math.max(height, arrow.targets.length * gaps.lane),
  }
}
