import type { ChartState, ChartTransition } from '../chart.ts'

/** A chart as it is shown, without the contents of collapsed states. */
export interface VisibleChart {
  root: VisibleState
  arrows: Arrow[]
  /** The main path of each frame, in order. */
  mainPaths: Map<VisibleState, VisibleState[]>
}

export interface VisibleState {
  state: ChartState
  parent: VisibleState | null
  isCollapsed: boolean
  /** Transitions from the state to itself, and those without a target: rows of the state's box. */
  own: ChartTransition[]
  /** Transitions that are named in the state's box instead of having a line to their target. */
  exits: { transition: ChartTransition; target: VisibleState }[]
  /** How many other states name this one as an exit. */
  entrances: number
  children: VisibleState[]
}

/** All transitions from one state to the same targets: one line, whose label has a row for each. */
export interface Arrow {
  id: string
  source: VisibleState
  targets: VisibleState[]
  transitions: ChartTransition[]
}

/** Lists a visible state and its descendants in document order. */
export function listVisibleStates(state: VisibleState): VisibleState[] {
  return [state, ...state.children.flatMap(listVisibleStates)]
}
