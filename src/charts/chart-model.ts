import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import {
  type Chart,
  type ChartInvoke,
  type ChartState,
  type ChartTransition,
  statesOf,
} from './chart.ts'
import { actionsOf, guardOf, jsonOf } from './chart-parts.ts'
import { fingerprint } from './fingerprint.ts'
import { originOf } from './transition-origin.ts'

/**
 * Reads a machine from its root node. `machine.toJSON()` and `toDirectedGraph()` would lose `always`
 * transitions, so that neither is used.
 */
export function chartOf(machine: AnyStateMachine): Chart {
  const root = stateOf(machine.root)
  const transitions = nodesOf(machine.root).flatMap((node) => [
    ...transitionsOf(node, machine),
    ...historyDefaultOf(node, machine),
  ])
  return { machineId: machine.id, root, transitions, fingerprint: fingerprintOf(root, transitions) }
}

/**
 * A transition's id: `<id of its source>|<event as XState names it>|<index>`. The event of `always` is
 * empty. The index counts the transitions of one source for one event, in the order in which their
 * guards are asked. The id stays the same across `.provide()`, and while neither changes.
 */
export function transitionIdOf(source: string, event: string, index: number): string {
  return `${source}|${event}|${index}`
}

/** The id of a transition that a running machine took, as XState's inspection reports it. */
export function takenTransitionId(definition: AnyTransitionDefinition): string {
  const { source, eventType } = definition
  const siblings = eventType === '' ? source.always : source.transitions.get(eventType)
  return transitionIdOf(source.id, eventType, Math.max(0, siblings?.indexOf(definition) ?? 0))
}

/** All nodes of a machine below and with this one, in document order. */
export function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)]
}

/**
 * A hash of what a machine can do: its states, transitions, guards, actions, delays' names and invokes. Words for
 * people (descriptions, tags, meta) don't count, nor does the code behind the names.
 */
function fingerprintOf(root: ChartState, transitions: ChartTransition[]): string {
  const states = statesOf(root).map(({ id, kind, history, initial, entry, exit, invokes }) => [
    [id, kind, history, initial?.target ?? null, initial?.actions ?? [], entry, exit],
    invokes.map((invoke) => [invoke.id, invoke.src]),
  ])
  const edges = transitions.map(({ id, targets, guard, actions, reenter }) => [
    [id, targets, guard, actions, reenter],
  ])
  return fingerprint(JSON.stringify([states, edges]))
}

function stateOf(node: AnyStateNode): ChartState {
  return {
    id: node.id,
    key: node.key,
    kind: node.type,
    history: node.type === 'history' ? node.history || 'shallow' : null,
    description: node.description ?? '',
    tags: [...node.tags],
    // The node's own lists also hold the timers that XState makes of `after`.
    entry: actionsOf(node.config.entry),
    exit: actionsOf(node.config.exit),
    invokes: node.invoke.map(invokeOf),
    initial: initialOf(node),
    meta: jsonOf(node.meta),
    states: Object.values(node.states).map(stateOf),
  }
}

function initialOf(node: AnyStateNode): ChartState['initial'] {
  if (node.type !== 'compound') return null
  const { target, actions, description } = node.initial
  const [child] = target
  if (!child) return null
  return { target: child.id, actions: actionsOf(actions), description: description ?? '' }
}

function invokeOf(invoke: AnyStateNode['invoke'][number]): ChartInvoke {
  return {
    id: invoke.id,
    src: nameOfSource(invoke.src),
    systemId: invoke.systemId ?? null,
    hasDone: invoke.onDone !== undefined,
    hasError: invoke.onError !== undefined,
    hasSnapshot: invoke.onSnapshot !== undefined,
  }
}

function nameOfSource(src: unknown): string | null {
  return typeof src === 'string' && !src.startsWith('xstate.invoke.') ? src : null
}

function transitionsOf(node: AnyStateNode, machine: AnyStateMachine): ChartTransition[] {
  const byEvent = [...node.transitions, ['', node.always ?? []] as const]
  return byEvent.flatMap(([event, definitions]) =>
    definitions.map((definition, index) => ({
      id: transitionIdOf(node.id, event, index),
      source: node.id,
      event,
      index,
      ...originOf(node, event, machine),
      targets: (definition.target ?? []).map(({ id }) => id),
      guard: guardOf(definition.guard),
      actions: actionsOf(definition.actions),
      description: definition.description ?? '',
      reenter: definition.reenter,
      meta: jsonOf(definition.meta),
    })),
  )
}

/** Where a history state leads as long as there is nothing to recall, if it says so. */
function historyDefaultOf(node: AnyStateNode, machine: AnyStateMachine): ChartTransition[] {
  // XState keeps the default only in the config, whose type leaves it out.
  const { target } = node.config as { target?: unknown }
  const { parent, type } = node
  if (type !== 'history' || !parent || target === undefined) return []
  const targets = [target].flat().map((path) => stateAt(String(path), parent, machine).id)
  return [
    {
      ...{ id: transitionIdOf(node.id, 'history', 0), source: node.id, event: '', index: 0 },
      ...{ kind: 'history', label: 'at first', targets, guard: null, actions: [] },
      ...{ description: '', reenter: false, delay: null, invokeId: null, meta: null },
    },
  ]
}

/** A state by its id after `#`, or by its keys from another state down, as XState finds a history state's default. */
function stateAt(path: string, from: AnyStateNode, machine: AnyStateMachine): AnyStateNode {
  if (path.startsWith('#')) return machine.getStateNodeById(path)
  const start = from.id.replace(/[\\.]/g, '\\$&')
  return machine.getStateNodeById(`#${start}.${path}`)
}
