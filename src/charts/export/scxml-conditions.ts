import type { ChartAction, ChartGuard, ChartState } from '../chart.ts'
import { isObject, type Json } from '../json.ts'
import { quote } from './scxml-events.ts'

/** Returns the XML id for a state's XState id. */
type GetId = (stateId: string) => string

/** Formats a guard as an ECMAScript condition. */
export function formatCondition(guard: ChartGuard, root: ChartState, getId: GetId): string {
  if (guard.kind === 'named') return formatCall(guard)
  if (guard.kind === 'stateIn') {
    const states = findStatesIn(guard.state, root)
    return states?.map(({ id }) => `In(${quote(getId(id))})`).join(' && ') || 'false'
  }
  if (guard.kind === 'inline') return formatCall({ name: 'inline guard', params: null })
  if (guard.kind === 'not') return `!(${formatCondition(guard.guard, root, getId)})`
  const parts = guard.guards.map((part) => `(${formatCondition(part, root, getId)})`)
  if (parts.length === 0) return String(guard.kind === 'and')
  return parts.join(guard.kind === 'and' ? ' && ' : ' || ')
}

/** Formats an action or a guard as a call to the function that implements it. */
export function formatCall({ name, params }: ChartAction): string {
  const callee = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : `this[${JSON.stringify(name)}]`
  if (params === 'computed') return `${callee}(/* computed */)`
  return `${callee}(${params === null ? '' : JSON.stringify(params)})`
}

/** Joins conditions that must all hold; puts conditions with `||` in parentheses. */
export function joinConditions(conditions: (string | null)[]): string | undefined {
  const given = conditions.filter((condition) => condition !== null)
  if (given.length < 2) return given[0]
  return given
    .map((condition) => (condition.includes('||') ? `(${condition})` : condition))
    .join(' && ')
}

/**
 * Finds the states that `stateIn` refers to: one by its id and a path below it, or the innermost
 * ones of a state value. Null if the machine has no such state.
 */
export function findStatesIn(state: Json, root: ChartState): ChartState[] | null {
  if (typeof state === 'string' && state.startsWith('#')) {
    const [id = '', ...path] = splitPath(state.slice(1))
    const from = findById(root, id)
    const found = from && findByPath(from, path)
    return found ? [found] : null
  }
  const paths = listPaths(state)
  const found = paths.flatMap((path) => findByPath(root, path) ?? [])
  return found.length === paths.length ? found : null
}

function listPaths(state: Json): string[][] {
  if (typeof state === 'string') return [splitPath(state)]
  if (!isObject(state)) return []
  return Object.entries(state).flatMap(([key, below]) => {
    const paths = listPaths(below)
    return paths.length === 0 ? [[key]] : paths.map((path) => [key, ...path])
  })
}

/** Splits a path at its dots, except those after a backslash, as XState does. */
function splitPath(path: string): string[] {
  const keys = path.match(/(?:\\.|[^.\\])+/gs) ?? []
  return keys.map((key) => key.replace(/\\(.)/gs, '$1'))
}

function findByPath(from: ChartState, [key, ...rest]: string[]): ChartState | undefined {
  if (key === undefined) return from
  const child = from.states.find((state) => state.key === key)
  return child && findByPath(child, rest)
}

function findById(state: ChartState, id: string): ChartState | undefined {
  if (state.id === id) return state
  for (const child of state.states) {
    const found = findById(child, id)
    if (found) return found
  }
  return undefined
}
