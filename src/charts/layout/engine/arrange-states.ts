import { type Arrow, findChild, isInner, type Node } from './graph.ts'

/**
 * A state's place among its siblings, which form a tree. A path of states runs down a column; a
 * state's other successors start their own paths beside it, in the next column.
 */
export interface Branch {
  node: Node
  column: number
  /** The branch that its path is beside; null in the first column. */
  trunk: Branch | null
  next: Branch | null
  /** The first branches of the paths beside it. */
  sides: Branch[]
  /** The arrow that leads here in a straight line, from the branch above or from the trunk. */
  straight: Arrow | null
  /**
   * For a region further down in a stack, the first one of that stack; only the row above that one
   * is free.
   */
  stackHead: Branch | null
}

export interface Arrangement {
  head: Branch | null
  branches: Map<Node, Branch>
  columns: number
}

/** A transition between two children of a frame, or between states inside them. */
interface Link {
  target: Node
  arrow: Arrow
  /** Whether the arrow leads directly from one child to the other, and to no other target. */
  isDirect: boolean
}

const maxColumns = 6

/** Arranges the states in a frame: the main path in the first column, the others beside it. */
export function arrangeStates(frame: Node, arrows: Arrow[]): Arrangement {
  const links = findLinks(frame, arrows)
  const arrangement: Arrangement = { head: null, branches: new Map(), columns: 0 }
  const reserved = new Set(frame.mainPath)
  const getLinks = (node: Node) => links.get(node) ?? []
  const isFree = (node: Node) => !arrangement.branches.has(node) && !reserved.has(node)

  const followLinks = (head: Node): Node[] => {
    const path = new Set([head])
    for (const node of path) {
      const next = getLinks(node).find(({ target }) => isFree(target) && !path.has(target))
      if (next) path.add(next.target)
    }
    return [...path]
  }

  const addSides = (branch: Branch) => {
    if (branch.column + 1 >= maxColumns) return
    for (const link of getLinks(branch.node)) {
      if (!isFree(link.target)) continue
      const head = addPath(followLinks(link.target), branch.column + 1, branch)
      head.straight = link.isDirect ? link.arrow : null
      branch.sides.push(head)
    }
  }

  const addPath = (nodes: Node[], column: number, trunk: Branch | null): Branch => {
    const path = nodes.map((node) => createBranch(node, column, trunk))
    for (const branch of path) arrangement.branches.set(branch.node, branch)
    arrangement.columns = Math.max(arrangement.columns, column + 1)
    for (const [index, branch] of path.entries()) {
      const next = path[index + 1]
      if (next) connect(branch, next, getLinks(branch.node))
      addSides(branch)
    }
    return path[0] ?? createBranch(frame, column, trunk)
  }

  const first = frame.initial ?? frame.children[0]
  if (!first) return arrangement
  const mainPath = frame.mainPath.length > 0 ? frame.mainPath : [first]
  arrangement.head = addPath(mainPath, 0, null)
  const last = arrangement.branches.get(mainPath.at(-1) ?? first) ?? arrangement.head
  for (const node of frame.children) {
    if (isFree(node) && !reserved.has(node)) last.sides.push(addPath(followLinks(node), 1, last))
  }
  return arrangement
}

/** Arranges regions in columns, one stack per column. */
export function arrangeStacks(stacks: Node[][]): Arrangement {
  const arrangement: Arrangement = { head: null, branches: new Map(), columns: stacks.length }
  const heads: Branch[] = []
  for (const [column, nodes] of stacks.entries()) {
    const trunk = heads[column - 1] ?? null
    const stack = nodes.map((node) => createBranch(node, column, trunk))
    for (const [index, branch] of stack.entries()) {
      arrangement.branches.set(branch.node, branch)
      branch.next = stack[index + 1] ?? null
      branch.stackHead = index > 0 ? (stack[0] ?? null) : null
    }
    const [head] = stack
    if (head) heads.push(head)
    if (head && trunk) trunk.sides.push(head)
  }
  arrangement.head = heads[0] ?? null
  return arrangement
}

/** Finds the branch in a column above which a line can be routed. */
export function findInColumn(branch: Branch, column: number): Branch {
  if (branch.column > column && branch.trunk) return findInColumn(branch.trunk, column)
  return branch.stackHead ?? branch
}

/** Lists a branch and those after it on its path. */
export function listPath(head: Branch | null): Branch[] {
  const path: Branch[] = []
  for (let branch = head; branch; branch = branch.next) path.push(branch)
  return path
}

/** Lists a branch and all branches beside it; for regions, the first of each stack. */
export function listMembers(branch: Branch): Branch[] {
  return [branch, ...branch.sides.flatMap(listMembers)]
}

function createBranch(node: Node, column: number, trunk: Branch | null): Branch {
  return { node, column, trunk, next: null, sides: [], straight: null, stackHead: null }
}

function connect(branch: Branch, next: Branch, links: Link[]) {
  branch.next = next
  next.straight =
    links.find(({ target, isDirect }) => isDirect && target === next.node)?.arrow ?? null
}

function findLinks(frame: Node, arrows: Arrow[]): Map<Node, Link[]> {
  const links = new Map<Node, Link[]>()
  for (const arrow of arrows) {
    const from = findChild(frame, arrow.source)
    if (!from) continue
    const targets = arrow.targets.flatMap((target) => findChild(frame, target) ?? [])
    const outgoing = links.get(from) ?? []
    for (const target of targets) {
      if (target === from) continue
      const isDirect =
        arrow.source === from &&
        !isInner(arrow) &&
        arrow.targets.length === 1 &&
        arrow.targets[0] === target
      outgoing.push({ target, arrow, isDirect })
    }
    links.set(from, outgoing)
  }
  return links
}
