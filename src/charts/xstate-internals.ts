// All undocumented parts of XState that the viewer relies on. XState may change any of them in a
// patch release, so package.json pins the exact version: read this file before raising it.
import {
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  and,
  type InspectionEvent,
  not,
  or,
} from 'xstate'

/**
 * Lists the state nodes of a machine, or a node and its descendants, in document order. Starts from
 * `machine.root`, because `machine.toJSON()` and `toDirectedGraph()` omit `always` transitions.
 */
export function listNodes(from: AnyStateMachine | AnyStateNode): AnyStateNode[] {
  if ('root' in from) return listNodes(from.root)
  return [from, ...Object.values(from.states).flatMap((node) => listNodes(node))]
}

/**
 * Lists a snapshot's active state nodes in document order. Reads them from `_nodes`, because the
 * state value has keys instead of ids. Empty if the snapshot is not a machine's.
 */
export function readActiveNodes(snapshot: unknown): AnyStateNode[] {
  if (typeof snapshot !== 'object' || snapshot === null || !('_nodes' in snapshot)) return []
  const { _nodes } = snapshot as Pick<AnyMachineSnapshot, '_nodes'>
  return [..._nodes].sort((a, b) => a.order - b.order)
}

/** The ids of {@link readActiveNodes}. */
export function readActiveStates(snapshot: unknown): string[] {
  return readActiveNodes(snapshot).map(({ id }) => id)
}

/**
 * Lists the transitions that an inspected microstep took, from its `_transitions`; empty for any
 * other inspection event. No documented field says which transition led to a snapshot.
 */
export function readTakenTransitions(inspected: InspectionEvent): AnyTransitionDefinition[] {
  return inspected.type === '@xstate.microstep' ? inspected._transitions : []
}

/**
 * Reads an actor's `_parent`. Inspection reports no sender for `xstate.stop`, which only a parent
 * sends.
 */
export function readParent(actor: AnyActorRef): AnyActorRef | undefined {
  return actor._parent
}

/**
 * Lists the events that the timers of an actor's system will send, oldest timer first, from
 * `_scheduledEvents`. A custom clock needs them to know what a timer is for.
 */
export function readScheduledEvents({ system }: AnyActorRef): AnyEventObject[] {
  return Object.values(system.getSnapshot()._scheduledEvents).map(({ event }) => event)
}

/**
 * Reads the config of the machine that an actor runs from its `logic`; undefined for other actors.
 */
export function readLogicConfig(actor: AnyActorRef): object | undefined {
  const { config } = (actor as { logic?: { config?: unknown } }).logic ?? {}
  // The config of a promise or a callback is its function.
  return typeof config === 'object' && config !== null ? config : undefined
}

/**
 * Reads the paths of a history state's default target. XState keeps them only in the node's config,
 * whose type omits `target`.
 */
export function readHistoryTarget({ config, type }: AnyStateNode): string[] {
  const { target } = config as { target?: unknown }
  return type !== 'history' || target === undefined ? [] : [target].flat().map(String)
}

/** What `and`, `or`, `not` and `stateIn` combine; undefined for a plain function. */
export type BuiltGuard =
  | { kind: 'and' | 'or' | 'not'; guards: unknown[] }
  | { kind: 'stateIn'; stateValue: unknown }

interface GuardFunction {
  check?: unknown
  guards?: unknown[]
  stateValue?: unknown
}

const readCheck = (guard: unknown) => (guard as GuardFunction).check
const guardKinds = new Map([
  [readCheck(and([])), 'and' as const],
  [readCheck(or([])), 'or' as const],
  [readCheck(not(() => true)), 'not' as const],
])

/**
 * Reads the parts of a guard that XState built. It is a function that carries them as properties.
 */
export function readBuiltGuard(guard: object): BuiltGuard | undefined {
  const { check, guards = [], stateValue } = guard as GuardFunction
  if (stateValue !== undefined) return { kind: 'stateIn', stateValue }
  const kind = guardKinds.get(check)
  return kind && { kind, guards }
}

/**
 * Reads the type of an action that XState built, such as `xstate.raise`, and the event or id it was
 * built with. It is a function that carries them as properties; undefined for any other function.
 */
export function readBuiltAction(action: object): { type: string; argument: unknown } | undefined {
  const { type, event, id } = action as { type?: unknown; event?: unknown; id?: unknown }
  if (typeof type !== 'string' || !type.startsWith('xstate.')) return undefined
  return { type, argument: event ?? id }
}

/** The arguments that `assign`, `sendTo` and the like pass to their callbacks. */
interface ActionArgs {
  system: AnyActorRef['system']
  spawn?: (source: unknown, options?: unknown) => unknown
}

type ArgsFunction = (args: ActionArgs, params: unknown) => unknown

/** An action that XState built: a function whose `resolve` computes what the actor will execute. */
interface BuiltAction {
  /** What `spawnChild` starts. */
  src?: unknown
  /** Whom `sendTo` sends to. */
  to?: unknown
  /** Whom `stopChild` stops. */
  actorRef?: unknown
  /** What `assign` assigns. */
  assignment?: unknown
  resolve: (...args: unknown[]) => [snapshot: unknown, params: unknown, enqueued?: unknown[]]
}

interface Replacements {
  /** Returns the name of the stand-in for an actor, named or inline. */
  actor: (source: unknown) => string
  /** Replaces each action that `enqueueActions` enqueues. */
  action: (enqueued: unknown) => unknown
  /** Called when an action addresses no actor of this system. */
  onMissingActor: () => void
  /** Runs the action's functions, and handles what they throw. */
  run: <Result>(compute: () => Result) => Result
}

/**
 * Copies an action that XState built, with its effects replaced: the copy starts stand-ins, and
 * sends nothing outside its system. Undefined for any other function.
 */
export function replaceBuiltEffects(
  action: object,
  replacements: Replacements,
): (() => void) | undefined {
  if (!('resolve' in action)) return undefined
  // Only functions that XState built have a `resolve`.
  const { src, to, actorRef, assignment, resolve } = action as BuiltAction
  const { actor, run } = replacements
  return Object.assign(() => {}, action, {
    ...(src !== undefined && { src: actor(src) }),
    ...(to !== undefined && { to: keepInSystem(to, replacements, parentTarget) }),
    ...(actorRef !== undefined && { actorRef: keepInSystem(actorRef, replacements, undefined) }),
    ...(assignment !== undefined && { assignment: replaceSpawns(assignment, actor) }),
    resolve: (...args: unknown[]) => {
      const [snapshot, params, enqueued] = run(() => resolve(...args))
      return [snapshot, params, enqueued?.map(replacements.action)]
    },
  })
}

/** The name of the parent in `sendTo`. */
const parentTarget = '#_parent'

/** Replaces an actor that is missing, or belongs to another system, with another recipient. */
function keepInSystem(
  target: unknown,
  { onMissingActor }: Replacements,
  replacement: string | undefined,
): unknown {
  if (typeof target === 'string') return target
  return (args: ActionArgs, params: unknown) => {
    const found = typeof target === 'function' ? tryCall(target, args, params) : target
    if (typeof found === 'string' || belongsToSystem(found, args.system)) return found
    onMissingActor()
    return replacement
  }
}

// Following a path to an actor that was never spawned may throw.
function tryCall(find: object, args: ActionArgs, params: unknown): unknown {
  try {
    return (find as ArgsFunction)(args, params)
  } catch {
    return undefined
  }
}

function belongsToSystem(value: unknown, system: ActionArgs['system']): boolean {
  return typeof value === 'object' && value !== null && 'system' in value && value.system === system
}

function replaceSpawns(assignment: unknown, actor: Replacements['actor']): unknown {
  if (typeof assignment === 'function') return replaceSpawn(assignment, actor)
  if (typeof assignment !== 'object' || assignment === null) return assignment
  return Object.fromEntries(
    Object.entries(assignment).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'function' ? replaceSpawn(value, actor) : value,
    ]),
  )
}

/** Wraps a callback of `assign`, or a machine's `context` function, so that it spawns stand-ins. */
export function replaceSpawn(compute: object, actor: (source: unknown) => string): ArgsFunction {
  return (args, params) =>
    (compute as ArgsFunction)(
      { ...args, spawn: (source, options) => args.spawn?.(actor(source), options) },
      params,
    )
}
