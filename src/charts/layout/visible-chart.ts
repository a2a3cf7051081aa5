import { type Chart, type ChartState, type ChartTransition, statesOf } from '../chart.ts'

/** A chart as it is shown: without what is inside of collapsed states. */
export interface VisibleChart {
  root: VisibleState
  arrows: Arrow[]
}

export interface VisibleState {
  state: ChartState
  parent: VisibleState | null
  isCollapsed: boolean
  /** Transitions that begin and end here; they are rows of the state's box. */
  own: ChartTransition[]
  children: VisibleState[]
}

/** All transitions that lead from one state to the same others: one line, with a row for each. */
export interface Arrow {
  id: string
  source: VisibleState
  targets: VisibleState[]
  transitions: ChartTransition[]
}

/** Works out what is shown when some states are collapsed. */
export function visibleChartOf(chart: Chart, collapsed: ReadonlySet<string>): VisibleChart {
  const shown = new Map<string, VisibleState>()
  const root = visibleStateOf(chart.root, null, collapsed, shown)
  const arrows = new Map<string, Arrow>()
  for (const transition of chart.transitions) {
    const source = shown.get(transition.source)
    const targets = transition.targets.flatMap((id) => shown.get(id) ?? [])
    if (!source || isHidden(source, targets, transition)) continue
    if (targets.every((target) => target === source)) source.own.push(transition)
    else addToArrow(arrows, source, targets, transition)
  }
  return { root, arrows: [...arrows.values()] }
}

/** A visible state and all below it, in document order. */
export function visibleStatesOf(state: VisibleState): VisibleState[] {
  return [state, ...state.children.flatMap(visibleStatesOf)]
}

function visibleStateOf(
  state: ChartState,
  parent: VisibleState | null,
  collapsed: ReadonlySet<string>,
  shown: Map<string, VisibleState>,
): VisibleState {
  const isCollapsed = state.states.length > 0 && collapsed.has(state.id)
  const visible: VisibleState = { state, parent, isCollapsed, own: [], children: [] }
  shown.set(state.id, visible)
  if (isCollapsed) for (const { id } of statesOf(state)) shown.set(id, visible)
  else {
    visible.children = state.states.map((child) => visibleStateOf(child, visible, collapsed, shown))
  }
  return visible
}

// What happens inside of a collapsed state is not shown at all.
function isHidden(source: VisibleState, targets: VisibleState[], transition: ChartTransition) {
  return transition.source !== source.state.id && targets.every((target) => target === source)
}

function addToArrow(
  arrows: Map<string, Arrow>,
  source: VisibleState,
  targets: VisibleState[],
  transition: ChartTransition,
) {
  const id = [source, ...targets].map(({ state }) => state.id).join('→')
  const arrow = arrows.get(id) ?? { id, source, targets: [...new Set(targets)], transitions: [] }
  arrow.transitions.push(transition)
  arrows.set(id, arrow)
}
