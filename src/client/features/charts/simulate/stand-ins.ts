import type { ActorLogic, AnyStateMachine, EventObject, Snapshot } from 'xstate'

/**
 * A machine whose effects are harmless: every actor that it starts waits to be told its outcome, and every action that
 * is a plain function is only noted. What XState itself built (assign, raise, sendTo …) and the guards stay.
 */
export function withStandIns(
  machine: AnyStateMachine,
  onEffect: (name: string) => void,
): AnyStateMachine {
  const { actors, actions } = machine.implementations
  const noted = Object.entries(actions).flatMap(([name, action]) =>
    isPlain(action) ? [[name, () => onEffect(name)] as const] : [],
  )
  return machine.provide({
    actors: Object.fromEntries(Object.keys(actors).map((name) => [name, standIn])),
    actions: Object.fromEntries(noted),
  })
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
