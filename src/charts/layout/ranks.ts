import { type Arrow, type VisibleState, visibleStatesOf } from './visible-chart.ts'

/** The innermost state that holds all of these, or is one of them. */
export function commonAncestor(states: VisibleState[]): VisibleState {
  const [first, ...others] = states.map(ancestorsOf)
  const common = first?.find((candidate) => others.every((line) => line.includes(candidate)))
  if (!common) throw new Error('The states belong to different charts')
  return common
}

/** The child of `container` that holds a state, or is it. */
export function childHolding(container: VisibleState, state: VisibleState): VisibleState {
  const child = ancestorsOf(state).find(({ parent }) => parent === container)
  if (!child) throw new Error(`${state.state.id} is not inside of ${container.state.id}`)
  return child
}

/**
 * Ranks the states inside of every state in the order in which a story would tell them: from the initial one along
 * the arrows, as deep as they go. An arrow to a lower rank leads back. So the layout has no cycle to break, which it would
 * do without knowing where a chart begins.
 */
export function ranksOf(root: VisibleState, arrows: Arrow[]): Map<VisibleState, number> {
  const following = followersOf(arrows)
  const ranks = new Map<VisibleState, number>()
  for (const { state, children } of visibleStatesOf(root)) {
    const first = children.filter((child) => child.state.id === state.initial?.target)
    for (const child of inStoryOrder([...first, ...children], following)) {
      ranks.set(child, ranks.size)
    }
  }
  return ranks
}

function ancestorsOf(state: VisibleState): VisibleState[] {
  return state.parent ? [state, ...ancestorsOf(state.parent)] : [state]
}

function followersOf(arrows: Arrow[]): Map<VisibleState, Set<VisibleState>> {
  const followers = new Map<VisibleState, Set<VisibleState>>()
  for (const { source, targets } of arrows) {
    for (const target of targets) {
      const container = commonAncestor([source, target])
      if (container === source || container === target) continue
      const from = childHolding(container, source)
      const known = followers.get(from) ?? new Set()
      followers.set(from, known.add(childHolding(container, target)))
    }
  }
  return followers
}

// Depth first; a state comes before all that is only reached through it.
function inStoryOrder(
  starts: VisibleState[],
  following: Map<VisibleState, Set<VisibleState>>,
): VisibleState[] {
  const seen = new Set<VisibleState>()
  const finish = (state: VisibleState): VisibleState[] => {
    if (seen.has(state)) return []
    seen.add(state)
    const after = [...(following.get(state) ?? [])].reverse().flatMap(finish)
    return [...after, state]
  }
  // Later starts must not come before earlier ones: each story is put after those told already.
  const stories = starts.map((start) => finish(start).reverse())
  return stories.flat()
}
