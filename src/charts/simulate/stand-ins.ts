import {
  type ActorLogic,
  type AnyStateMachine,
  createMachine,
  type EventObject,
  type Snapshot,
} from 'xstate'
import { replaceInPlace } from './code-in-place.ts'

/**
 * A machine whose effects are harmless: every actor that it starts waits to be told its outcome, and every action that
 * is a plain function is only noted, by its name or where it is written in place. What XState itself built (assign,
 * raise, sendTo …) and the guards stay; only an actor that `assign` spawns in place is the real one.
 */
export function withStandIns(
  machine: AnyStateMachine,
  onEffect: (name: string) => void,
): AnyStateMachine {
  const { actors, actions, guards, delays } = machine.implementations
  const harmless = (name: string, action: unknown): unknown => {
    if (typeof action !== 'function') return action
    return isBuilt(action)
      ? withStandInsWithin(action, (inner) => harmless('inline action', inner))
      : () => onEffect(name)
  }
  const config = replaceInPlace(machine.config, {
    action: (written) => harmless('inline action', written),
    actor: (written) => (typeof written === 'string' ? written : standIn),
  })
  const named = Object.entries(actions).map(([name, action]) => [name, harmless(name, action)])
  return createMachine(config).provide({
    ...{ guards, delays, actions: Object.fromEntries(named) },
    actors: Object.fromEntries(Object.keys(actors).map((name) => [name, standIn])),
  })
}

/** An action of XState's own: a function that carries what it does, and for `spawnChild` what it starts. */
interface BuiltAction {
  src?: unknown
  resolve: (...given: unknown[]) => [snapshot: unknown, params: unknown, enqueued?: unknown[]]
}

function isBuilt(action: object): action is BuiltAction {
  return 'resolve' in action
}

function withStandInsWithin(action: BuiltAction, harmless: (inner: unknown) => unknown) {
  const { src = '' } = action
  return Object.assign(() => {}, action, {
    ...(typeof src !== 'string' && { src: standIn }),
    resolve: (...given: unknown[]) => {
      const [snapshot, params, enqueued] = action.resolve(...given)
      return [snapshot, params, enqueued?.map(harmless)]
    },
  })
}

type StandInEvent =
  | { type: 'stand-in.answer'; output: unknown }
  | { type: 'stand-in.fail'; error: unknown }
  | EventObject

type StandInSnapshot = Snapshot<unknown> & { input: unknown }

/** An actor that does nothing until it is told how it ends. */
const standIn: ActorLogic<StandInSnapshot, StandInEvent, unknown> = {
  transition: (snapshot, event) => {
    if (event.type === 'stand-in.answer' && 'output' in event) {
      return { ...snapshot, status: 'done', output: event.output, error: undefined }
    }
    if (event.type === 'stand-in.fail' && 'error' in event) {
      return { ...snapshot, status: 'error', output: undefined, error: event.error }
    }
    return snapshot
  },
  getInitialSnapshot: (_scope, input) => ({
    status: 'active',
    output: undefined,
    error: undefined,
    input,
  }),
  getPersistedSnapshot: (snapshot) => snapshot,
}
