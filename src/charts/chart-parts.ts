import { and, not, or } from 'xstate'
import type { ChartAction, ChartGuard, Json } from './chart.ts'

/** An action list of a machine's config, as names and what they are given. */
export function actionsOf(actions: unknown): ChartAction[] {
  if (actions === undefined) return []
  return [actions].flat().map(actionOf)
}

function actionOf(action: unknown): ChartAction {
  if (typeof action === 'string') return { name: action, params: null }
  if (typeof action === 'function') return inlineActionOf(action)
  const { type, params } = action as { type: unknown; params?: unknown }
  return { name: String(type), params: paramsOf(params) }
}

// XState's own action creators hand out functions that carry what they were made from. A function's own
// name is not asked for: a build shortens it, and then the same machine would have two charts.
function inlineActionOf(action: object): ChartAction {
  const { type, event, id } = action as { type?: unknown; event?: unknown; id?: unknown }
  if (typeof type !== 'string' || !type.startsWith('xstate.')) {
    return { name: 'inline action', params: null }
  }
  return { name: type.slice('xstate.'.length), params: jsonOf(event ?? id) }
}

/** A guard of a machine's config with everything that it is made of. */
export function guardOf(guard: unknown): ChartGuard | null {
  return guard === undefined || guard === null ? null : someGuardOf(guard)
}

function someGuardOf(guard: unknown): ChartGuard {
  if (typeof guard === 'string') return { kind: 'named', name: guard, params: null }
  if (typeof guard === 'function') return builtGuardOf(guard)
  const { type, params } = guard as { type: unknown; params?: unknown }
  return { kind: 'named', name: String(type), params: paramsOf(params) }
}

interface BuiltGuard {
  check?: unknown
  guards?: unknown[]
  stateValue?: unknown
}

// `and`, `or`, `not` and `stateIn` hand out functions that carry their parts and how to check them.
const checkOf = (guard: unknown) => (guard as BuiltGuard).check
const checks = { and: checkOf(and([])), or: checkOf(or([])), not: checkOf(not(() => true)) }

function builtGuardOf(guard: object): ChartGuard {
  const { check, guards = [], stateValue } = guard as BuiltGuard
  if (stateValue !== undefined) return { kind: 'stateIn', state: jsonOf(stateValue) }
  const parts = guards.map(someGuardOf)
  const [only] = parts
  if (check === checks.not && only) return { kind: 'not', guard: only }
  if (check === checks.and) return { kind: 'and', guards: parts }
  return check === checks.or ? { kind: 'or', guards: parts } : { kind: 'inline' }
}

function paramsOf(params: unknown): Json | 'computed' {
  return typeof params === 'function' ? 'computed' : jsonOf(params)
}

/** A value as JSON; what JSON can't say becomes null. */
export function jsonOf(value: unknown): Json {
  try {
    return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as Json)
  } catch {
    return null
  }
}

/** A guard as it is written on the chart, such as `not isLinked and (canRetry or isNew)`. */
export function guardLabel(guard: ChartGuard): string {
  if (guard.kind === 'named') return `${guard.name}${paramsLabel(guard.params)}`
  if (guard.kind === 'stateIn') return `in ${stateLabel(guard.state)}`
  if (guard.kind === 'inline') return 'inline guard'
  if (guard.kind === 'not') return `not ${nestedLabel(guard.guard)}`
  return guard.guards.map(nestedLabel).join(` ${guard.kind} `)
}

function nestedLabel(guard: ChartGuard): string {
  const isGroup = (guard.kind === 'and' || guard.kind === 'or') && guard.guards.length > 1
  return isGroup ? `(${guardLabel(guard)})` : guardLabel(guard)
}

function stateLabel(state: Json): string {
  if (typeof state !== 'object' || state === null) return String(state)
  return Object.entries(state)
    .map(([key, below]) => {
      const rest = stateLabel(below)
      return rest === '' ? key : `${key}.${rest}`
    })
    .join(' and ')
}

/** An action as it is written on the chart, such as `report (status: failed)`. */
export function actionLabel({ name, params }: ChartAction): string {
  return `${name}${paramsLabel(params)}`
}

function paramsLabel(params: Json | 'computed'): string {
  if (params === null) return ''
  if (params === 'computed') return ' (…)'
  if (typeof params !== 'object' || Array.isArray(params)) return ` (${shortly(params)})`
  const parts = Object.entries(params).map(([key, value]) => `${key}: ${shortly(value)}`)
  return ` (${parts.join(', ')})`
}

const shortly = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value))

/** The last part of a state's id. */
export function shortName(stateId: string): string {
  return stateId.slice(stateId.lastIndexOf('.') + 1)
}
