import type { ChartAction, ChartGuard } from './chart.ts'
import { type Json, toJson } from './json.ts'
import { readBuiltAction, readBuiltGuard } from './xstate-internals.ts'

/** Reads an action list of a machine's config. */
export function readActions(actions: unknown): ChartAction[] {
  if (actions === undefined) return []
  return [actions].flat().map(readAction)
}

function readAction(action: unknown): ChartAction {
  if (typeof action === 'string') return { name: action, params: null }
  if (typeof action === 'function') return readInlineAction(action)
  const { type, params } = action as { type: unknown; params?: unknown }
  return { name: String(type), params: readParams(params) }
}

// Ignores the function's own name, which minification changes: the same machine would get another
// chart.
function readInlineAction(action: object): ChartAction {
  const built = readBuiltAction(action)
  if (!built) return { name: 'inline action', params: null }
  return { name: built.type.slice('xstate.'.length), params: toJson(built.argument) }
}

/** Reads a guard of a machine's config, with the guards that it combines; null if there is none. */
export function readGuard(guard: unknown): ChartGuard | null {
  return guard === undefined || guard === null ? null : readDefinedGuard(guard)
}

function readDefinedGuard(guard: unknown): ChartGuard {
  if (typeof guard === 'string') return { kind: 'named', name: guard, params: null }
  if (typeof guard === 'function') return readInlineGuard(guard)
  const { type, params } = guard as { type: unknown; params?: unknown }
  return { kind: 'named', name: String(type), params: readParams(params) }
}

function readInlineGuard(guard: object): ChartGuard {
  const built = readBuiltGuard(guard)
  if (!built) return { kind: 'inline' }
  if (built.kind === 'stateIn') return { kind: 'stateIn', state: toJson(built.stateValue) }
  const guards = built.guards.map(readDefinedGuard)
  if (built.kind !== 'not') return { kind: built.kind, guards }
  const [negated] = guards
  return negated ? { kind: 'not', guard: negated } : { kind: 'inline' }
}

function readParams(params: unknown): Json | 'computed' {
  return typeof params === 'function' ? 'computed' : toJson(params)
}
