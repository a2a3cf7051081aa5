import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'

/** A precomputed layout in a compact form: the place and size of each node, the points of each edge. */
export interface StoredLayout {
  nodes: Record<string, StoredNode>
  edges: Record<string, number[]>
}

type StoredNode = [x: number, y: number, width: number, height: number, headerHeight: number]

/** Converts the engine's answer to its stored form, given the graph that it was asked for. */
export function storeLayout(graph: ElkNode, placed: ElkNode): StoredLayout {
  const headerHeights = new Map(listNodes(graph).map((node) => [node.id, readHeaderHeight(node)]))
  const nodes = listNodes(placed).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => {
    const [left, top] = [Math.round(x), Math.round(y)]
    const headerHeight = headerHeights.get(id) ?? 0
    const node: StoredNode = [left, top, Math.ceil(width), Math.ceil(height), headerHeight]
    return [id, node] as const
  })
  const edges = (placed.edges ?? []).map(
    (edge) =>
      [edge.id, listCoordinates(edge).map((number) => Math.round(number * 10) / 10)] as const,
  )
  return { nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) }
}

/**
 * Restores the engine's answer. Undefined if the layout is of another graph, or if a text is too wide
 * for it in this page's font.
 */
export function restoreLayout(graph: ElkNode, stored: StoredLayout): ElkNode | undefined {
  const edges = graph.edges ?? []
  const nodes = listNodes(graph)
  const isSameGraph =
    nodes.length === Object.keys(stored.nodes).length &&
    edges.length === Object.keys(stored.edges).length &&
    nodes.every((node) => fits(node, stored)) &&
    edges.every(({ id }) => id in stored.edges)
  if (!isSameGraph) return undefined
  return {
    ...restoreNode(graph, stored),
    edges: edges.map((edge) => restoreEdge(edge, stored.edges[edge.id] ?? [])),
  }
}

function fits(node: ElkNode, { nodes }: StoredLayout): boolean {
  const storedNode = nodes[node.id]
  if (!storedNode) return false
  const [, , width, height, headerHeight] = storedNode
  const [minWidth = node.width ?? 0, minHeaderHeight = 0] = readMinimumSize(node)
  return minWidth <= width && (node.height ?? 0) <= height && minHeaderHeight <= headerHeight
}

function restoreNode({ id, children = [] }: ElkNode, stored: StoredLayout): ElkNode {
  const [x, y, width, height] = stored.nodes[id] ?? [0, 0, 0, 0]
  return { id, x, y, width, height, children: children.map((child) => restoreNode(child, stored)) }
}

function restoreEdge(edge: ElkExtendedEdge, coordinates: number[]): ElkExtendedEdge {
  const points = coordinates.flatMap((x, index) =>
    index % 2 === 0 ? [{ x, y: coordinates[index + 1] ?? 0 }] : [],
  )
  const [startPoint] = points
  const endPoint = points.at(-1)
  if (!startPoint || !endPoint) return edge
  const section = { id: edge.id, startPoint, bendPoints: points.slice(1, -1), endPoint }
  return { ...edge, sections: [section] }
}

const readHeaderHeight = (node: ElkNode) => Math.ceil(readMinimumSize(node)[1] ?? 0)

/** Reads the width and height of a frame's header; empty for a node without states inside. */
function readMinimumSize({ layoutOptions }: ElkNode): number[] {
  return layoutOptions?.['elk.nodeSize.minimum']?.match(/[\d.]+/g)?.map(Number) ?? []
}

function listNodes(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(listNodes)]
}

function listCoordinates({ sections = [] }: ElkExtendedEdge): number[] {
  return sections
    .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
    .flatMap(({ x, y }) => [x, y])
}
