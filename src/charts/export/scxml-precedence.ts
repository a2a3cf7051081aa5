import type { ChartState, ChartTransition } from '../chart.ts'
import { formatCondition, joinConditions } from './scxml-conditions.ts'
import { isWildcard, matchEvent, quote } from './scxml-events.ts'
import { isSameOrWithin, isWritten, type ScxmlNames } from './scxml-names.ts'
import { findTargets } from './scxml-targets.ts'

/**
 * Formats the conditions under which a transition gives way to those inside its state. In XState a
 * transition that any region takes, or forbids, keeps the states around from taking the event. In
 * SCXML it does so only if both transitions exit states: without a target, both are taken.
 */
export function listPrecedence(transition: ChartTransition, names: ScxmlNames): string[] {
  const { kind, source } = transition
  if (kind === 'always' || !hasRegions(names.findState(source))) return []
  const staysHere = staysWhereItIs(transition, names)
  const inner = names.chart.transitions.filter(
    (one) =>
      isWithinRegion(one.source, source, names) &&
      isWritten(names.findState(one.source), names) &&
      isSameEvent(one, transition) &&
      (staysHere || staysWhereItIs(one, names)),
  )
  return [...new Set(inner.map((one) => `!(${formatEnabled(one, transition, names)})`))]
}

const staysWhereItIs = (transition: ChartTransition, names: ScxmlNames) =>
  findTargets(transition, names).targets.length === 0

const hasRegions = ({ kind, states }: ChartState): boolean =>
  kind === 'parallel' || states.some(hasRegions)

/** Whether a state is within a region of a parallel state, and both are within another. */
function isWithinRegion(id: string, aroundId: string, names: ScxmlNames): boolean {
  if (id === aroundId || !isSameOrWithin(id, aroundId, names)) return false
  const parent = names.findParent(id)
  return (
    parent !== null && (parent.kind === 'parallel' || isWithinRegion(parent.id, aroundId, names))
  )
}

/** Whether one event can be meant by both. */
function isSameEvent(a: ChartTransition, b: ChartTransition): boolean {
  if (a.kind === 'always' || a.kind === 'history') return false
  const [first, second] = [toPrefix(a), toPrefix(b)]
  if (!isWildcard(a.event) && !isWildcard(b.event)) return a.event === b.event
  return `${first}.`.startsWith(second) || `${second}.`.startsWith(first)
}

/** What the events of a pattern start with; an exact event as it is. */
const toPrefix = ({ event }: ChartTransition) => (isWildcard(event) ? event.slice(0, -1) : event)

function formatEnabled(
  inner: ChartTransition,
  { event }: ChartTransition,
  names: ScxmlNames,
): string {
  const { chart, ofState } = names
  const match = isWildcard(event) || event !== inner.event ? matchEvent(inner, names.events) : null
  return (
    joinConditions([
      `In(${quote(ofState(inner.source))})`,
      match && formatMatch(match.descriptors, match.condition),
      inner.guard && formatCondition(inner.guard, chart.root, ofState),
    ]) ?? 'false'
  )
}

/** A pattern such as `video.*` needs no condition in its descriptor, but does outside it. */
function formatMatch(descriptors: string, condition: string | null): string | null {
  if (condition !== null || descriptors === '*') return condition
  const stem = descriptors.slice(0, -2)
  return `_event.name === ${quote(stem)} || _event.name.startsWith(${quote(`${stem}.`)})`
}
