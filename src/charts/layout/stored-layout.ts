import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'

/** A layout made ahead of time, in little room: each node's place and size, each edge's points. */
export interface StoredLayout {
  nodes: Record<string, StoredPlace>
  edges: Record<string, number[]>
}

type StoredPlace = [x: number, y: number, width: number, height: number, headHeight: number]

/** Keeps of a layout what can't be worked out again. */
export function storeLayout(wanted: ElkNode, placed: ElkNode): StoredLayout {
  const heads = new Map(nodesIn(wanted).map((node) => [node.id, headHeightOf(node)]))
  const nodes = nodesIn(placed).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => {
    const [left, top] = [Math.round(x), Math.round(y)]
    const place: StoredPlace = [left, top, Math.ceil(width), Math.ceil(height), heads.get(id) ?? 0]
    return [id, place] as const
  })
  const edges = (placed.edges ?? []).map(
    (edge) => [edge.id, pointsOf(edge).map((number) => Math.round(number * 10) / 10)] as const,
  )
  return { nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) }
}

/**
 * The stored layout as the engine would have answered; undefined where it is of another chart, or where a text is
 * wider in this page's font than there is room for.
 */
export function restoreLayout(wanted: ElkNode, stored: StoredLayout): ElkNode | undefined {
  const edges = wanted.edges ?? []
  const nodes = nodesIn(wanted)
  const isSame =
    nodes.length === Object.keys(stored.nodes).length &&
    edges.length === Object.keys(stored.edges).length &&
    nodes.every((node) => fits(node, stored)) &&
    edges.every(({ id }) => id in stored.edges)
  if (!isSame) return undefined
  return {
    ...restoredNode(wanted, stored),
    edges: edges.map((edge) => restoredEdge(edge, stored.edges[edge.id] ?? [])),
  }
}

function fits(node: ElkNode, { nodes }: StoredLayout): boolean {
  const place = nodes[node.id]
  if (!place) return false
  const [, , width, height, headHeight] = place
  const minimum = node.layoutOptions?.['elk.nodeSize.minimum']?.match(/[\d.]+/g)?.map(Number)
  const [neededWidth = 0, neededHead = 0] = minimum ?? [node.width ?? 0]
  return neededWidth <= width && (node.height ?? 0) <= height && neededHead <= headHeight
}

function restoredNode({ id, children = [] }: ElkNode, stored: StoredLayout): ElkNode {
  const [x, y, width, height] = stored.nodes[id] ?? [0, 0, 0, 0]
  return {
    ...{ id, x, y, width, height },
    children: children.map((child) => restoredNode(child, stored)),
  }
}

function restoredEdge(edge: ElkExtendedEdge, numbers: number[]): ElkExtendedEdge {
  const points = numbers.flatMap((x, index) =>
    index % 2 === 0 ? [{ x, y: numbers[index + 1] ?? 0 }] : [],
  )
  const [startPoint] = points
  const endPoint = points.at(-1)
  if (!startPoint || !endPoint) return edge
  const section = { id: edge.id, startPoint, bendPoints: points.slice(1, -1), endPoint }
  return { ...edge, sections: [section] }
}

function headHeightOf({ layoutOptions }: ElkNode): number {
  const [, height = '0'] = layoutOptions?.['elk.nodeSize.minimum']?.match(/[\d.]+/g) ?? []
  return Math.ceil(Number(height))
}

function nodesIn(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesIn)]
}

function pointsOf({ sections = [] }: ElkExtendedEdge): number[] {
  return sections
    .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
    .flatMap(({ x, y }) => [x, y])
}
