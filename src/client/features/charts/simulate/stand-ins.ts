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
 * raise, sendTo …) and the guards stay, and so does what such an action starts or does by code of its own.
 */
export function withStandIns(
  machine: AnyStateMachine,
  onEffect: (name: string) => void,
): AnyStateMachine {
  const { actors, actions, guards, delays } = machine.implementations
  const noted = (name: string, action: unknown) => (isPlain(action) ? () => onEffect(name) : action)
  const config = replaceInPlace(machine.config, {
    action: (written) => withStandInChild(noted('inline action', written)),
    actor: (written) => (typeof written === 'string' ? written : standIn),
  })
  const named = Object.entries(actions).map(([name, action]) => [
    name,
    withStandInChild(noted(name, action)),
  ])
  return createMachine(config).provide({
    ...{ guards, delays, actions: Object.fromEntries(named) },
    actors: Object.fromEntries(Object.keys(actors).map((name) => [name, standIn])),
  })
}

// What `spawnChild` builds says in its properties what it starts.
function withStandInChild(action: unknown): unknown {
  const isInPlace =
    typeof action === 'function' && 'src' in action && typeof action.src !== 'string'
  return isInPlace ? Object.assign(() => {}, action, { src: standIn }) : action
}

// XState's own actions carry what they resolve to.
function isPlain(action: unknown): boolean {
  return typeof action === 'function' && !('resolve' in action)
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
