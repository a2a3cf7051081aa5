import type { ChartAction, ChartGuard } from './chart.ts'
import { isObject, type Json, toObject } from './json.ts'

/** Formats a guard as the chart shows it, such as `not isLinked and (canRetry or isNew)`. */
export function formatGuard(guard: ChartGuard): string {
  if (guard.kind === 'named') return `${guard.name}${formatParams(guard.params)}`
  if (guard.kind === 'stateIn') return `in ${formatStateValue(guard.state)}`
  if (guard.kind === 'inline') return 'inline guard'
  if (guard.kind === 'not') return `not ${formatNestedGuard(guard.guard)}`
  return guard.guards.map(formatNestedGuard).join(` ${guard.kind} `)
}

function formatNestedGuard(guard: ChartGuard): string {
  const isGroup = (guard.kind === 'and' || guard.kind === 'or') && guard.guards.length > 1
  return isGroup ? `(${formatGuard(guard)})` : formatGuard(guard)
}

function formatStateValue(state: Json): string {
  if (typeof state !== 'object' || state === null) return String(state)
  return Object.entries(state)
    .map(([key, below]) => {
      const rest = formatStateValue(below)
      return rest === '' ? key : `${key}.${rest}`
    })
    .join(' and ')
}

/** Formats an action as the chart shows it, such as `report (status: failed)`. */
export function formatAction({ name, params }: ChartAction): string {
  return `${name}${formatParams(params)}`
}

/** Formats a list of actions, separated by commas. */
export function formatActions(actions: readonly ChartAction[]): string {
  return actions.map(formatAction).join(', ')
}

function formatParams(params: Json | 'computed'): string {
  if (params === null) return ''
  if (params === 'computed') return ' (…)'
  if (!isObject(params)) return ` (${formatValue(params)})`
  const parts = Object.entries(params).map(([key, value]) => `${key}: ${formatValue(value)}`)
  return ` (${parts.join(', ')})`
}

const formatValue = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Returns the last part of a state's id. */
export function toStateKey(stateId: string): string {
  return stateId.slice(stateId.lastIndexOf('.') + 1)
}

/** Joins the keys of states with commas, such as `linked, viewing`. */
export function formatStates(stateIds: readonly string[]): string {
  return stateIds.map(toStateKey).join(', ')
}

/** Formats the `outcome` in an actor's output as a suffix, such as `: confirmed`, or as ''. */
export function formatOutcome(output: Json): string {
  const { outcome } = toObject(output)
  return typeof outcome === 'string' ? `: ${outcome}` : ''
}

const internalEvents: [RegExp, string][] = [
  [/^xstate\.init$/, 'starts'],
  [/^xstate\.stop$/, 'stops'],
  [/^xstate\.done\.actor\.(.+)$/, 'done: $1'],
  [/^xstate\.error\.actor\.(.+)$/, 'error: $1'],
  [/^xstate\.snapshot\.(.+)$/, 'snapshot: $1'],
  [/^xstate\.after\.([^.]+)\..+$/, 'after $1'],
]

/** Formats an event type as the chart shows it; only XState's internal events differ. */
export function formatEvent(type: string): string {
  const [pattern, label] = internalEvents.find(([candidate]) => candidate.test(type)) ?? [/$/, '']
  return type.replace(pattern, label)
}
