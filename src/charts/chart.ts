/** Anything that JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** An XState machine as plain JSON: all that can be drawn, exported, compared or read out. */
export interface Chart {
  machineId: string
  root: ChartState
  /** Every transition, in document order; those of a state stand together. */
  transitions: ChartTransition[]
  /** Changes whenever the machine's behaviour may have; see `fingerprintOf`. */
  fingerprint: string
}

export type StateKind = 'atomic' | 'compound' | 'parallel' | 'final' | 'history'

export interface ChartState {
  id: string
  key: string
  kind: StateKind
  /** How much a history state recalls; null for every other kind. */
  history: 'shallow' | 'deep' | null
  description: string
  tags: string[]
  entry: ChartAction[]
  exit: ChartAction[]
  invokes: ChartInvoke[]
  /** The child that a compound state enters by itself, and what is done on the way. */
  initial: { target: string; actions: ChartAction[]; description: string } | null
  meta: Json
  states: ChartState[]
}

export interface ChartAction {
  name: string
  /** What the action is given; `computed` where that is known only at run time. */
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
  /** The actor's name in `setup`; null for one that is written in place. */
  src: string | null
  systemId: string | null
  hasDone: boolean
  hasError: boolean
  hasSnapshot: boolean
}

/**
 * What makes a transition be taken. `done`, `error` and `snapshot` come from an invoked actor,
 * `completed` from the state's own final states, `history` is where a history state leads at first.
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
  /** `<source>|<event>|<index>`; see `transitionIdOf`. */
  id: string
  source: string
  /** The event as XState names it; empty for `always`. */
  event: string
  /** Its place among the source's transitions for this event, from 0: the first whose guard holds is taken. */
  index: number
  kind: TransitionKind
  /** The event as a person reads it, such as `after answerTimeout`. */
  label: string
  /** Empty when the state is not left: only the actions run. */
  targets: string[]
  guard: ChartGuard | null
  actions: ChartAction[]
  description: string
  reenter: boolean
  delay: { name: string; milliseconds: number | null } | null
  /** The invoked actor whose answer this is. */
  invokeId: string | null
  meta: Json
}

/** A state and all below it, in document order. */
export function statesOf(state: ChartState): ChartState[] {
  return [state, ...state.states.flatMap(statesOf)]
}

/** Tells a targetless transition that does nothing: it keeps the event from the states above. */
export function isForbidding({ targets, actions, kind }: ChartTransition): boolean {
  return kind === 'event' && targets.length === 0 && actions.length === 0
}
