import type { Json } from './json.ts'

/** An XState machine as plain JSON: everything that the viewer draws, exports or compares. */
export interface Chart {
  machineId: string
  root: ChartState
  /** Every transition in document order, grouped by source. */
  transitions: ChartTransition[]
  /** Changes whenever the machine's behaviour may have changed; see `computeFingerprint`. */
  fingerprint: string
}

export type StateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

export interface ChartState {
  id: string
  key: string
  kind: StateKind
  /** How deep a history state restores; null for every other kind. */
  history: 'shallow' | 'deep' | null
  description: string
  tags: string[]
  entry: ChartAction[]
  exit: ChartAction[]
  invokes: ChartInvoke[]
  /** The child that a compound state enters first, and the actions of that transition. */
  initial: { target: string; actions: ChartAction[]; description: string } | null
  meta: Json
  states: ChartState[]
}

export interface ChartAction {
  name: string
  /** `computed` when a function provides them at run time. */
  params: Json | 'computed'
}

export type ChartGuard =
  | { kind: 'named'; name: string; params: Json | 'computed' }
  | { kind: 'and' | 'or'; guards: ChartGuard[] }
  | { kind: 'not'; guard: ChartGuard }
  | { kind: 'stateIn'; state: Json }
  | { kind: 'inline' }

export interface ChartInvoke {
  id: string
  /** The actor's name in `setup`; null for inline logic. */
  src: string | null
  systemId: string | null
  hasDone: boolean
  hasError: boolean
  hasSnapshot: boolean
}

/**
 * What triggers a transition. `done`, `error` and `snapshot` come from an invoked or spawned actor,
 * `completed` from the state's own final states. `history` is a history state's default.
 */
export type TransitionKind =
  | 'event'
  | 'always'
  | 'after'
  | 'done'
  | 'error'
  | 'snapshot'
  | 'completed'
  | 'history'
  | 'route'

export interface ChartTransition {
  /** `<source>|<event>|<index>`; see `formatTransitionId`. */
  id: string
  source: string
  /** XState's event type; empty for `always`. */
  event: string
  /** Index among the source's transitions for this event; the first whose guard passes is taken. */
  index: number
  kind: TransitionKind
  /** The event as the chart shows it, such as `after responseTimeout`. */
  label: string
  /** Empty for a transition that only runs actions. */
  targets: string[]
  guard: ChartGuard | null
  actions: ChartAction[]
  description: string
  reenter: boolean
  delay: { name: string; milliseconds: number | null } | null
  /** The invoked or spawned actor that sends the event. */
  invokeId: string | null
  meta: Json
}

/** Lists a state and its descendants in document order. */
export function listStates(state: ChartState): ChartState[] {
  return [state, ...state.states.flatMap(listStates)]
}

/**
 * Whether a transition is forbidden: without targets or actions, it hides the event from ancestors.
 */
export function isForbidden({ targets, actions, kind }: ChartTransition): boolean {
  return kind === 'event' && targets.length === 0 && actions.length === 0
}
