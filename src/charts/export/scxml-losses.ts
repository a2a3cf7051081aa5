import {
  type Chart,
  type ChartAction,
  type ChartGuard,
  type ChartState,
  type ChartTransition,
  listStates,
} from '../chart.ts'
import { findStatesIn } from './scxml-conditions.ts'
import { prefixes } from './scxml-events.ts'
import {
  canHaveTransitions,
  endsMachine,
  isSameOrWithin,
  nameForScxml,
  type ScxmlNames,
} from './scxml-names.ts'
import { findDomain, findTargets } from './scxml-targets.ts'

/** Lists what SCXML can't express about a chart, one sentence each, as in the file's comments. */
export function listScxmlLosses(chart: Chart): string[] {
  const names = nameForScxml(chart)
  const stateLosses = listStates(chart.root).flatMap((state) =>
    findStateLosses(state, names).map((loss) => `${state.id}: ${loss}`),
  )
  const transitionLosses = chart.transitions
    .filter(({ source }) => canHaveTransitions(names.findState(source), names))
    .flatMap((transition) =>
      findTransitionLosses(transition, names).map(
        (loss) => `${transition.source}, on ${transition.label}: ${loss}`,
      ),
    )
  return [...stateLosses, ...transitionLosses]
}

/** Lists what SCXML can't express about a state. */
export function findStateLosses(state: ChartState, names: ScxmlNames): string[] {
  const { id, entry, exit, invokes, initial } = state
  const hasTransitions = names.chart.transitions.some(({ source }) => source === id)
  const isCutOff = !canHaveTransitions(state, names) && !endsMachine(state, names)
  return [
    ...[...entry, ...exit, ...(initial?.actions ?? [])].flatMap(findActionLosses),
    ...(isCutOff && hasTransitions ? ['the transitions of a final state are lost.'] : []),
    ...(isCutOff && invokes.length > 0 ? ['the actors of a final state are lost.'] : []),
    ...findCompletionLosses(state, names),
    ...findEndLosses(state, names),
  ]
}

// When a state is final, XState checks every parallel ancestor for completion; SCXML only the
// nearest one.
function findCompletionLosses({ id, kind, states }: ChartState, { findParent }: ScxmlNames) {
  const completes = states.some((region) => canComplete(region))
  return kind === 'parallel' && findParent(id)?.kind === 'parallel' && completes
    ? [`its completion is not reported to ${findParent(id)?.id}.`]
    : []
}

const canComplete = ({ kind, states }: ChartState): boolean =>
  kind === 'final' || states.some(canComplete)

// The document starts in its final state and never enters the root.
function findEndLosses({ id, initial, entry }: ChartState, names: ScxmlNames): string[] {
  const target = initial && names.findState(initial.target)
  const startsAtEnd = id === names.chart.root.id && target && endsMachine(target, names)
  return startsAtEnd && entry.length > 0 ? ['its entry actions do not run.'] : []
}

/** Lists what SCXML can't express about a transition. */
export function findTransitionLosses(transition: ChartTransition, names: ScxmlNames): string[] {
  const { guard, actions, kind, event } = transition
  if (isIdle(transition)) return [idleLoss]
  const { alsoReentered } = findTargets(transition, names)
  const ids = alsoReentered.map(({ id }) => id).join(' and ')
  const isPartOfId = Object.values(prefixes).some(([xstate]) => event.startsWith(xstate))
  return [
    ...(guard && kind !== 'route' ? findGuardLosses(guard, names) : []),
    ...actions.flatMap(findActionLosses),
    ...(mayStay(transition, names)
      ? ['XState takes it once if nothing changes; SCXML takes it forever.']
      : []),
    ...(mayReturn(transition, names)
      ? ['XState stays if the history leads back here; SCXML exits and re-enters.']
      : []),
    ...(ids === '' ? [] : [`SCXML also exits and re-enters ${ids}.`]),
    ...(kind === 'snapshot' ? ['SCXML has no equivalent of onSnapshot.'] : []),
    ...(isPartOfId && event.endsWith('.*') && !isWholePrefix(event)
      ? ['ids have different names in SCXML, so the pattern may not match.']
      : []),
  ]
}

/**
 * Whether an `always` only keeps other transitions from being taken. SCXML would take it forever.
 */
export function isIdle({ kind, targets, actions }: ChartTransition): boolean {
  return kind === 'always' && targets.length === 0 && actions.length === 0
}

const idleLoss =
  'an always transition that does nothing is omitted, because SCXML would take it forever.'

/**
 * Whether an `always` may lead to the current states; XState then proceeds to the next event.
 */
function mayStay({ kind, source, targets }: ChartTransition, names: ScxmlNames): boolean {
  const isNear = (target: string) => {
    const parent = names.findState(target).kind === 'history' ? names.findParent(target) : null
    const id = parent?.id ?? target
    return isSameOrWithin(id, source, names) || isSameOrWithin(source, id, names)
  }
  const stays =
    targets.every(isNear) || findDomain([source, ...targets], names)?.kind === 'parallel'
  return kind === 'always' && stays
}

/** Whether a transition may return to its own source through a history state. */
function mayReturn({ source, targets, reenter, kind }: ChartTransition, names: ScxmlNames) {
  const leadsBack = targets.some((id) => {
    const parent = names.findState(id).kind === 'history' ? names.findParent(id) : null
    return parent !== null && isSameOrWithin(source, parent.id, names)
  })
  return leadsBack && !reenter && kind !== 'always' && kind !== 'history'
}

const isWholePrefix = (event: string) =>
  Object.values(prefixes).some(([xstate]) => xstate.startsWith(event.slice(0, -1)))

function findActionLosses({ name, params }: ChartAction): string[] {
  if (name === 'inline action') return ['an inline action becomes an unnamed call.']
  return params === 'computed' ? [`the computed params of the action ${name} are omitted.`] : []
}

function findGuardLosses(guard: ChartGuard, names: ScxmlNames): string[] {
  if (guard.kind === 'inline') return ['an inline guard becomes an unnamed call.']
  if (guard.kind === 'not') return findGuardLosses(guard.guard, names)
  if (guard.kind === 'stateIn') {
    const isKnown = findStatesIn(guard.state, names.chart.root) !== null
    return isKnown ? [] : ['the guard checks for a state that is not in the machine.']
  }
  if (guard.kind !== 'named') return guard.guards.flatMap((part) => findGuardLosses(part, names))
  return guard.params === 'computed'
    ? [`the computed params of the guard ${guard.name} are omitted.`]
    : []
}
