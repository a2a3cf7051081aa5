import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import type { Chart, ChartInvoke, ChartState, ChartTransition } from './chart.ts'
import { computeFingerprint } from './fingerprint.ts'
import { toJson } from './json.ts'
import { readActions, readGuard } from './read-parts.ts'
import { readOrigin, readSourceName } from './transition-origin.ts'
import { listNodes, readHistoryTarget } from './xstate-internals.ts'

/**
 * Reads a machine into plain JSON, including `always` transitions and the defaults of history
 * states.
 */
export function readChart(machine: AnyStateMachine): Chart {
  const nodes = listNodes(machine)
  const [rootNode] = nodes
  if (!rootNode) throw new Error(`The machine ${machine.id} has no root state`)
  const root = readState(rootNode)
  const transitions = nodes.flatMap((node) => [
    ...readTransitions(node, machine),
    ...readHistoryDefault(node, machine),
  ])
  const fingerprint = computeFingerprint(root, transitions)
  return { machineId: machine.id, root, transitions, fingerprint }
}

/**
 * Formats a transition's id: `<source id>|<event type>|<index>`. The event type of `always` is
 * empty. The index numbers a source's transitions for one event in the order in which XState
 * evaluates their guards. The id survives `.provide()`.
 */
export function formatTransitionId(source: string, event: string, index: number): string {
  return `${source}|${event}|${index}`
}

/**
 * Returns the id of a transition, from a machine or as XState's inspection reports it.
 */
export function readTransitionId(definition: AnyTransitionDefinition): string {
  const { source, eventType } = definition
  const siblings = eventType === '' ? source.always : source.transitions.get(eventType)
  return formatTransitionId(source.id, eventType, Math.max(0, siblings?.indexOf(definition) ?? 0))
}

function readState(node: AnyStateNode): ChartState {
  return {
    id: node.id,
    key: node.key,
    kind: node.type,
    history: node.type === 'history' ? node.history || 'shallow' : null,
    description: node.description ?? '',
    tags: [...node.tags],
    // The node's own lists also hold the timers that XState derives from `after`.
    entry: readActions(node.config.entry),
    exit: readActions(node.config.exit),
    invokes: node.invoke.map(readInvoke),
    initial: readInitial(node),
    meta: toJson(node.meta),
    states: Object.values(node.states).map(readState),
  }
}

function readInitial(node: AnyStateNode): ChartState['initial'] {
  if (node.type !== 'compound') return null
  const { target, actions, description } = node.initial
  const [child] = target
  if (!child) return null
  return { target: child.id, actions: readActions(actions), description: description ?? '' }
}

function readInvoke(invoke: AnyStateNode['invoke'][number]): ChartInvoke {
  return {
    id: invoke.id,
    src: readSourceName(invoke.src),
    systemId: invoke.systemId ?? null,
    hasDone: invoke.onDone !== undefined,
    hasError: invoke.onError !== undefined,
    hasSnapshot: invoke.onSnapshot !== undefined,
  }
}

function readTransitions(node: AnyStateNode, machine: AnyStateMachine): ChartTransition[] {
  const byEvent = [...node.transitions, ['', node.always ?? []] as const]
  return byEvent.flatMap(([event, definitions]) =>
    definitions.map((definition, index) => ({
      id: formatTransitionId(node.id, event, index),
      source: node.id,
      event,
      index,
      ...readOrigin(node, event, machine),
      targets: (definition.target ?? []).map(({ id }) => id),
      guard: readGuard(definition.guard),
      actions: readActions(definition.actions),
      description: definition.description ?? '',
      reenter: definition.reenter,
      meta: toJson(definition.meta),
    })),
  )
}

/** Reads a history state's default transition, if the machine defines one. */
function readHistoryDefault(node: AnyStateNode, machine: AnyStateMachine): ChartTransition[] {
  const { parent } = node
  const paths = readHistoryTarget(node)
  if (!parent || paths.length === 0) return []
  return [
    {
      id: formatTransitionId(node.id, 'history', 0),
      source: node.id,
      event: '',
      index: 0,
      kind: 'history',
      label: 'at first',
      targets: paths.map((path) => resolvePath(path, parent, machine).id),
      guard: null,
      actions: [],
      description: '',
      reenter: false,
      delay: null,
      invokeId: null,
      meta: null,
    },
  ]
}

/**
 * Finds a state by `#id`, or by its path below another state, as XState resolves history defaults.
 */
function resolvePath(path: string, from: AnyStateNode, machine: AnyStateMachine): AnyStateNode {
  if (path.startsWith('#')) return machine.getStateNodeById(path)
  const start = from.id.replace(/[\\.]/g, '\\$&')
  return machine.getStateNodeById(`#${start}.${path}`)
}
