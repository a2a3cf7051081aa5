import type { ActorLogic, EventObject, Snapshot } from 'xstate'

type StubEvent =
  | { type: 'stub.complete'; output: unknown }
  | { type: 'stub.fail'; error: unknown }
  | EventObject

type StubSnapshot = Snapshot<unknown> & { input: unknown }

/** Actor logic that does nothing until an event completes it or makes it fail. */
export const stubActor: ActorLogic<StubSnapshot, StubEvent, unknown> = {
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
