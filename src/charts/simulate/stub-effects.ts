import {
  type ActorLogic,
  type AnyStateMachine,
  createMachine,
  type EventObject,
  type Snapshot,
} from 'xstate'
import { replaceBuiltEffects } from '../xstate-internals.ts'
import { replaceInlineCode } from './replace-inline-code.ts'

/**
 * Copies a machine with its effects stubbed: invoked and spawned actors wait to be completed from
 * outside, and an action that is a plain function only reports its name, or `inline action`. Guards and
 * XState's own actions (assign, raise, sendTo …) stay. Only an actor that `assign` spawns from inline
 * logic is still real.
 */
export function stubEffects(
  machine: AnyStateMachine,
  onEffect: (name: string) => void,
): AnyStateMachine {
  const { actors, actions, guards, delays } = machine.implementations
  const stubAction = (name: string, action: unknown): unknown => {
    if (typeof action !== 'function') return action
    const stubInline = (inline: unknown) => stubAction('inline action', inline)
    const built = replaceBuiltEffects(action, { actor: stubActor, action: stubInline })
    return built ?? (() => onEffect(name))
  }
  const config = replaceInlineCode(machine.config, {
    action: (inline) => stubAction('inline action', inline),
    actor: (inline) => (typeof inline === 'string' ? inline : stubActor),
  })
  const named = Object.entries(actions).map(([name, action]) => [name, stubAction(name, action)])
  return createMachine(config).provide({
    guards,
    delays,
    actions: Object.fromEntries(named),
    actors: Object.fromEntries(Object.keys(actors).map((name) => [name, stubActor])),
  })
}

type StubEvent =
  | { type: 'stub.complete'; output: unknown }
  | { type: 'stub.fail'; error: unknown }
  | EventObject

type StubSnapshot = Snapshot<unknown> & { input: unknown }

/** An actor that does nothing until an event completes it or makes it fail. */
const stubActor: ActorLogic<StubSnapshot, StubEvent, unknown> = {
  transition: (snapshot, event) => {
    if (event.type === 'stub.complete' && 'output' in event) {
      return { ...snapshot, status: 'done', output: event.output, error: undefined }
    }
    if (event.type === 'stub.fail' && 'error' in event) {
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
