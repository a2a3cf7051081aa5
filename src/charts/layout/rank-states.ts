import { type Arrow, listVisibleStates, type VisibleState } from './visible-chart.ts'

/** Finds the innermost state that contains all of these, or is one of them. */
export function findCommonAncestor(states: VisibleState[]): VisibleState {
  const [first, ...others] = states.map(listAncestors)
  const common = first?.find((candidate) => others.every((line) => line.includes(candidate)))
  if (!common) throw new Error('The states belong to different charts')
  return common
}

/** Finds the child of `container` that contains a state, or is it. */
export function findChild(container: VisibleState, state: VisibleState): VisibleState {
  const child = listAncestors(state).find(({ parent }) => parent === container)
  if (!child) throw new Error(`${state.state.id} is not inside ${container.state.id}`)
  return child
}

/**
 * Ranks the children of every state in the order in which a reader meets them: depth first along the
 * arrows, from the initial state on. An arrow to a lower rank is a back edge. The layout engine gets it
 * reversed: left to break cycles itself, the engine would ignore where a chart starts.
 */
export function rankStates(root: VisibleState, arrows: Arrow[]): Map<VisibleState, number> {
  const successors = findSuccessors(arrows)
  const ranks = new Map<VisibleState, number>()
  for (const { state, children } of listVisibleStates(root)) {
    const initial = children.filter((child) => child.state.id === state.initial?.target)
    for (const child of sortTopologically([...initial, ...children], successors)) {
      ranks.set(child, ranks.size)
    }
  }
  return ranks
}

function listAncestors(state: VisibleState): VisibleState[] {
  return state.parent ? [state, ...listAncestors(state.parent)] : [state]
}

function findSuccessors(arrows: Arrow[]): Map<VisibleState, Set<VisibleState>> {
  const successors = new Map<VisibleState, Set<VisibleState>>()
  for (const { source, targets } of arrows) {
    for (const target of targets) {
      const container = findCommonAncestor([source, target])
      if (container === source || container === target) continue
      const from = findChild(container, source)
      const known = successors.get(from) ?? new Set()
      successors.set(from, known.add(findChild(container, target)))
    }
  }
  return successors
}

/** Sorts states so that each comes before those that are only reached through it, by depth-first search. */
function sortTopologically(
  starts: VisibleState[],
  successors: Map<VisibleState, Set<VisibleState>>,
): VisibleState[] {
  const seen = new Set<VisibleState>()
  const visit = (state: VisibleState): VisibleState[] => {
    if (seen.has(state)) return []
    seen.add(state)
    const after = [...(successors.get(state) ?? [])].reverse().flatMap(visit)
    return [...after, state]
  }
  // Reverses the post-order of each start alone, so that earlier starts stay first.
  return starts.flatMap((start) => visit(start).reverse())
}
