import type { AnyMachineSnapshot, StateValue } from 'xstate'
import type { ChartState, Json } from './chart.ts'

/** The ids of the states that a machine's snapshot is in, in document order; none for an actor that is no machine. */
export function activeStatesOf(snapshot: unknown): string[] {
  if (typeof snapshot !== 'object' || snapshot === null || !('_nodes' in snapshot)) return []
  // Of all snapshots only a machine's has nodes; XState's types keep them to itself.
  const { _nodes } = snapshot as Pick<AnyMachineSnapshot, '_nodes'>
  return [..._nodes].sort((a, b) => a.order - b.order).map(({ id }) => id)
}

/** The ids of the states that a state value names, in a chart whose machine doesn't run here. */
export function statesNamedBy(root: ChartState, value: Json): string[] {
  return [root.id, ...childrenNamedBy(root, value as StateValue)]
}

function childrenNamedBy(state: ChartState, value: StateValue | undefined): string[] {
  const keys = typeof value === 'string' ? { [value]: {} } : (value ?? {})
  return Object.entries(keys).flatMap(([key, below]) => {
    const child = state.states.find((candidate) => candidate.key === key)
    return child ? [child.id, ...childrenNamedBy(child, below)] : []
  })
}
