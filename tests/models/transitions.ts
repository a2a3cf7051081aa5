import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { readTransitionId } from '#charts/read-chart.ts'
import { listNodes } from '#charts/xstate-internals.ts'
import type { Microsteps, Node, StateGraph } from '../support/model.ts'

/** Separates the transitions of a pair. */
export const separator = ' → '

/** Every transition of a machine, by its id. */
export function listTransitions(machine: AnyStateMachine): Map<string, AnyTransitionDefinition> {
  const definitions = listNodes(machine).flatMap((node) => [
    ...[...node.transitions.values()].flat(),
    ...(node.always ?? []),
  ])
  return new Map(definitions.map((definition) => [readTransitionId(definition), definition]))
}

/** Yields the pairs of transitions in consecutive microsteps. */
export function* listPairs(microsteps: Microsteps): Generator<string> {
  for (const [index, second] of microsteps.entries()) {
    const first = microsteps[index - 1] ?? []
    for (const before of first) for (const after of second) yield `${before}${separator}${after}`
  }
}

/** Every pair that occurs on some walk through the graph. */
export function findReachablePairs({ roots, nodes }: StateGraph): Set<string> {
  const arrivals = new Map<Node, Set<Microsteps>>()
  for (const { microsteps, to } of [
    ...roots.map(toArrival),
    ...nodes.flatMap(({ edges }) => edges),
  ]) {
    arrivals.set(to, (arrivals.get(to) ?? new Set()).add(microsteps))
  }
  const followers = new Map<Microsteps, Set<Microsteps>>()
  for (const [node, arriving] of arrivals) {
    for (const before of arriving) {
      const after = followers.get(before) ?? new Set()
      for (const { microsteps } of node.edges) after.add(microsteps)
      followers.set(before, after)
    }
  }
  return new Set(
    [...followers].flatMap(([before, after]) => [
      ...listPairs(before),
      ...[...after].flatMap(([next = []]) => [...listPairs([before.at(-1) ?? [], next])]),
    ]),
  )
}

const toArrival = ({ node, microsteps }: StateGraph['roots'][number]) => ({ to: node, microsteps })

/** Every transition that occurs on some walk through the graph. */
export function findReachableTransitions({ roots, nodes }: StateGraph): Set<string> {
  const edges = nodes.flatMap((node) => node.edges)
  return new Set([...roots, ...edges].flatMap(({ microsteps }) => microsteps.flat()))
}

/**
 * Every pair that the chart's structure allows: the source of the second transition may be active
 * after the first, and an `always` follows transitions that enter its source. An `always` may also
 * follow a transition that changes the context in another region; only the graph shows which.
 * Guards are not considered.
 */
export function findConceivablePairs(machine: AnyStateMachine): Set<string> {
  const transitions = [...listTransitions(machine)]
  return new Set(
    transitions.flatMap(([first, definition]) => {
      const active = listPossiblyActive(definition)
      const enters = new Set((definition.target ?? []).flatMap(listEntered))
      return transitions
        .filter(([, { source }]) => active.has(source))
        .filter(([, { source, eventType }]) => eventType !== '' || enters.has(source))
        .map(([second]) => `${first}${separator}${second}`)
    }),
  )
}

/** The states that may be active after a transition. */
function listPossiblyActive({ source, target }: AnyTransitionDefinition): Set<AnyStateNode> {
  if (!target)
    return new Set([...listAncestors(source), ...listParallel(source), ...listNodes(source)])
  return new Set(
    target.flatMap((node) => [...listAncestors(node), ...listEntered(node), ...listParallel(node)]),
  )
}

const listAncestors = (node: AnyStateNode): AnyStateNode[] =>
  node.parent ? [node.parent, ...listAncestors(node.parent)] : []

/** A state and the descendants that are entered with it. */
function listEntered(node: AnyStateNode): AnyStateNode[] {
  if (node.type === 'parallel') return [node, ...Object.values(node.states).flatMap(listEntered)]
  return node.type === 'compound' ? [node, ...node.initial.target.flatMap(listEntered)] : [node]
}

/** All states that may be active in regions parallel to that of a state. */
function listParallel(node: AnyStateNode): AnyStateNode[] {
  const { parent } = node
  if (!parent) return []
  const regions = parent.type === 'parallel' ? Object.values(parent.states) : []
  return [
    ...regions.filter((region) => region !== node).flatMap(listNodes),
    ...listParallel(parent),
  ]
}
