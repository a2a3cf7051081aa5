import type { ChartState, ChartTransition } from '../chart.ts'
import { formatCondition, joinConditions } from './scxml-conditions.ts'
import { isWildcard, matchEvent, quote } from './scxml-events.ts'
import { canHaveTransitions, isSameOrWithin, type ScxmlNames } from './scxml-names.ts'
import { findTargets } from './scxml-targets.ts'

/**
 * Formats the conditions that make a transition yield to those inside its state. In XState, if any
 * region takes or forbids a transition, the states around it don't handle the event. In SCXML this
 * only holds if both transitions exit states: without a target, both are taken.
 */
export function listPrecedence(transition: ChartTransition, names: ScxmlNames): string[] {
  const { kind, source } = transition
  if (kind === 'always' || !hasRegions(names.findState(source))) return []
  const staysHere = staysWhereItIs(transition, names)
  const inner = names.chart.transitions.filter(
    (candidate) =>
      isWithinRegion(candidate.source, source, names) &&
      canHaveTransitions(names.findState(candidate.source), names) &&
      canShareEvent(candidate, transition) &&
      (staysHere || staysWhereItIs(candidate, names)),
  )
  return [...new Set(inner.map((candidate) => `!(${formatEnabled(candidate, transition, names)})`))]
}

const staysWhereItIs = (transition: ChartTransition, names: ScxmlNames) =>
  findTargets(transition, names).targets.length === 0

const hasRegions = ({ kind, states }: ChartState): boolean =>
  kind === 'parallel' || states.some(hasRegions)

/** Whether a state is inside `aroundId`, in a region of it or of a parallel state in between. */
function isWithinRegion(id: string, aroundId: string, names: ScxmlNames): boolean {
  if (id === aroundId || !isSameOrWithin(id, aroundId, names)) return false
  const parent = names.findParent(id)
  return (
    parent !== null && (parent.kind === 'parallel' || isWithinRegion(parent.id, aroundId, names))
  )
}

/** Whether one event can trigger both transitions. */
function canShareEvent(a: ChartTransition, b: ChartTransition): boolean {
  if (a.kind === 'always' || a.kind === 'history') return false
  const [first, second] = [toPrefix(a), toPrefix(b)]
  if (!isWildcard(a.event) && !isWildcard(b.event)) return a.event === b.event
  return `${first}.`.startsWith(second) || `${second}.`.startsWith(first)
}

/** Returns the prefix that a pattern's events start with; an exact event unchanged. */
const toPrefix = ({ event }: ChartTransition) => (isWildcard(event) ? event.slice(0, -1) : event)

function formatEnabled(
  inner: ChartTransition,
  { event }: ChartTransition,
  names: ScxmlNames,
): string {
  const { chart, getStateId } = names
  const match = isWildcard(event) || event !== inner.event ? matchEvent(inner, names.events) : null
  return (
    joinConditions([
      `In(${quote(getStateId(inner.source))})`,
      match && formatMatch(match.descriptors, match.condition),
      inner.guard && formatCondition(inner.guard, chart.root, getStateId),
    ]) ?? 'false'
  )
}

/** As a descriptor, a pattern such as `video.*` needs no condition; elsewhere it does. */
function formatMatch(descriptors: string, condition: string | null): string | null {
  if (condition !== null || descriptors === '*') return condition
  const stem = descriptors.slice(0, -2)
  return `_event.name === ${quote(stem)} || _event.name.startsWith(${quote(`${stem}.`)})`
}
