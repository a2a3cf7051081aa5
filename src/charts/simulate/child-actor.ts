import { type AnyStateMachine, createActor, fromTransition, type Snapshot } from 'xstate'
import { readTransitionId } from '../read-chart.ts'
import { readActiveStates, readTakenTransitions } from '../xstate-internals.ts'
import { createSimulatedClock } from './simulated-clock.ts'

/** The transitions that a microstep took, and the states that are active after it. */
export interface Microstep {
  taken: string[]
  active: string[]
}

interface ChildOptions {
  input?: unknown
  /** The snapshot to resume from; without one, the machine starts in its initial state. */
  snapshot?: Snapshot<unknown>
  clock?: ReturnType<typeof createSimulatedClock>['clock']
  onMicrostep: (microstep: Microstep) => void
}

/**
 * Creates a machine's actor as the child of an actor that ignores all events, because a machine
 * that sends to its parent would fail as a root.
 */
export function createChildActor(
  machine: AnyStateMachine,
  { input, snapshot, clock = createSimulatedClock().clock, onMicrostep }: ChildOptions,
) {
  let sessionId: string | undefined
  const parent = createActor(
    fromTransition((state) => state, null),
    {
      clock,
      inspect: (inspected) => {
        if (inspected.type !== '@xstate.microstep') return
        // The machine takes its first steps before `createActor` returns it.
        sessionId ??= inspected.actorRef.sessionId
        if (inspected.actorRef.sessionId !== sessionId) return
        onMicrostep({
          taken: readTakenTransitions(inspected).map(readTransitionId),
          active: readActiveStates(inspected.snapshot),
        })
      },
    },
  ).start()
  return createActor(machine, { input, parent, ...(snapshot && { snapshot }) })
}
