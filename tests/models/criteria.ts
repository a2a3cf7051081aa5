import { seededRandom } from '#shared/random.ts'
import type { Edge, Microsteps, Node, Route, StateGraph } from '../support/model.ts'
import { listPairs } from './transitions.ts'

/** What the paths of a run have to cover. */
export type Criterion =
  | { kind: 'states' | 'transitions' | 'pairs' }
  | { kind: 'walk'; length: number }

type Goals = (last: Microsteps, edge: Pick<Edge, 'microsteps' | 'to'>) => string[]

interface Walker {
  inputName: string
  node: Node
  last: Microsteps
  caseNames: string[]
}

const maxRouteLength = 40
const walks = 20

/**
 * Finds few and short routes through a graph that fulfil a criterion; walks depend on the seed.
 */
export function findRoutes(criterion: Criterion, graph: StateGraph, seed: number): Route[] {
  if (criterion.kind === 'walk') return createRandomWalks(graph, criterion.length, seed)
  return findCoveringRoutes(graph, goalsByKind[criterion.kind])
}

const goalsByKind: Record<'states' | 'transitions' | 'pairs', Goals> = {
  states: (_, { to }) => [...to.stateIds],
  transitions: (_, { microsteps }) => microsteps.flat(),
  pairs: (last, { microsteps }) => [...listPairs([last.at(-1) ?? [], ...microsteps])],
}

/**
 * Walks to the nearest edge that reaches something new, and starts a new route if there is none.
 * Unless only states count, a case of the model that has not happened yet counts as new, too.
 */
function findCoveringRoutes(graph: StateGraph, goals: Goals): Route[] {
  const reached = new Set<string>()
  const happened = new Set<string>()
  const leadsToNew = createNovelty(goals, reached)
  const isNew = (last: Microsteps, edge: Edge) =>
    leadsToNew(last, edge) || (goals !== goalsByKind.states && !happened.has(edge.caseName))
  const cover = (walker: Walker) => {
    const findNext = () => findRouteToNew(walker, isNew)
    for (let route = findNext(); route.length > 0; route = findNext()) {
      for (const edge of route) {
        for (const goal of goals(walker.last, edge)) reached.add(goal)
        happened.add(edge.caseName)
        advance(walker, edge)
      }
      if (walker.caseNames.length >= maxRouteLength) break
    }
    return walker.caseNames
  }

  return graph.roots.flatMap(({ inputName, node, microsteps }) => {
    for (const goal of goals([], { microsteps, to: node })) reached.add(goal)
    const start = () => cover({ inputName, node, last: microsteps, caseNames: [] })
    const routes: Route[] = [{ inputName, caseNames: start() }]
    for (let caseNames = start(); caseNames.length > 0; caseNames = start()) {
      routes.push({ inputName, caseNames })
    }
    return routes
  })
}

/**
 * Returns a predicate for edges that reach something new. What an edge reaches depends only on two
 * sets of microsteps.
 */
function createNovelty(goals: Goals, reached: ReadonlySet<string>) {
  const openGoals = new Map<Microsteps, Map<Microsteps | Node, string[]>>()
  return (last: Microsteps, edge: Edge): boolean => {
    const byEdge = openGoals.get(last) ?? new Map<Microsteps | Node, string[]>()
    openGoals.set(last, byEdge)
    const key = goals === goalsByKind.states ? edge.to : edge.microsteps
    const open = byEdge.get(key) ?? goals(last, edge)
    const stillOpen = open.length === 0 ? open : open.filter((goal) => !reached.has(goal))
    byEdge.set(key, stillOpen)
    return stillOpen.length > 0
  }
}

/** Finds the shortest route to each node where these transitions can be taken, shortest first. */
export function findRoutesTo(graph: StateGraph, microsteps: Microsteps): Route[] {
  const wanted = JSON.stringify(microsteps)
  const seen = new Set<Node>()
  const queue = graph.roots.map(({ inputName, node }) => ({
    inputName,
    node,
    caseNames: [] as string[],
  }))
  const routes: Route[] = []
  for (const { inputName, node, caseNames } of queue) {
    if (seen.has(node)) continue
    seen.add(node)
    for (const edge of node.edges) {
      const next = { inputName, node: edge.to, caseNames: [...caseNames, edge.caseName] }
      if (JSON.stringify(edge.microsteps) === wanted) routes.push(next)
      queue.push(next)
    }
  }
  return routes
}

interface Step {
  node: Node
  last: Microsteps
  edge?: Edge
  before?: Step
}

/** Finds the shortest route from the walker's node whose last edge is new. */
function findRouteToNew(
  { node, last }: Walker,
  isNew: (last: Microsteps, edge: Edge) => boolean,
): Edge[] {
  const queue: Step[] = [{ node, last }]
  const seen = new Map<Node, Set<Microsteps>>()
  for (const step of queue) {
    for (const edge of step.node.edges) {
      const next: Step = { node: edge.to, last: edge.microsteps, edge, before: step }
      if (isNew(step.last, edge)) return listEdges(next)
      const arrivals = seen.get(edge.to) ?? new Set()
      if (!arrivals.has(edge.microsteps)) queue.push(next)
      seen.set(edge.to, arrivals.add(edge.microsteps))
    }
  }
  return []
}

const listEdges = ({ edge, before }: Step): Edge[] =>
  edge && before ? [...listEdges(before), edge] : []

function advance(walker: Walker, edge: Edge) {
  walker.node = edge.to
  walker.caseNames.push(edge.caseName)
  walker.last = edge.microsteps
}

function createRandomWalks(graph: StateGraph, length: number, seed: number): Route[] {
  const random = seededRandom(seed)
  return Array.from({ length: walks }, (_, index) => {
    const root = graph.roots[index % graph.roots.length]
    if (!root) throw new Error('The model has no input to start from')
    const walker: Walker = { ...root, caseNames: [], last: root.microsteps }
    while (walker.caseNames.length < length) {
      const leaving = walker.node.edges
      const edge = leaving[Math.floor(random() * leaving.length)]
      if (!edge) break
      advance(walker, edge)
    }
    return { inputName: root.inputName, caseNames: walker.caseNames }
  })
}
