import {
  type AnyActorRef,
  type AnyStateMachine,
  createActor,
  type EventObject,
  type InspectionEvent,
} from 'xstate'
import { activeStatesOf } from '../active-states.ts'
import type { Json } from '../chart.ts'
import { takenTransitionId } from '../chart-model.ts'
import { jsonOf } from '../chart-parts.ts'
import { createSimulatedTime, type SimulatedTimer } from './simulated-time.ts'
import { withStandIns } from './stand-ins.ts'

/** One thing that the person who simulates does. */
export type SimulationStep =
  | { do: 'send'; event: { type: string } & Record<string, Json> }
  | { do: 'advance'; milliseconds: number }
  | { do: 'answer'; invokeId: string; output: Json }
  | { do: 'fail'; invokeId: string; message: string }

/** A simulated run, all of it: the same steps always lead to the same state. */
export interface SimulationRun {
  machineId: string
  input: Json
  steps: SimulationStep[]
}

export interface RunningInvoke {
  id: string
  src: string
}

/** Where a run has led to. */
export interface SimulationState {
  value: Json
  context: Json
  status: string
  /** Why the machine stopped, if it broke. */
  error: string | null
  active: string[]
  tags: string[]
  /** The transitions that the last step took. */
  taken: string[]
  /** The effects that would have run, of the last step. */
  effects: string[]
  invokes: RunningInvoke[]
  timers: SimulatedTimer[]
  /** The simulated time since the start, in ms. */
  now: number
  /** The ids of the transitions that the machine would take for an event. */
  reactionsTo: (event: EventObject) => string[]
}

/** Starts a machine afresh with stand-ins for its effects, does every step, and tells where that leads. */
export function simulate(
  machine: AnyStateMachine,
  { input, steps }: Pick<SimulationRun, 'input' | 'steps'>,
): SimulationState {
  const time = createSimulatedTime()
  const effects: string[] = []
  const taken: string[] = []
  let error: string | null = null
  const simulated = withStandIns(machine, (effect) => effects.push(effect))
  const actor = createActor(simulated, {
    input,
    clock: time.clock,
    inspect: (inspected) => {
      if (inspected.type !== '@xstate.microstep' || !isOfRoot(inspected)) return
      taken.push(...inspected._transitions.map(takenTransitionId))
    },
  })
  actor.subscribe({
    error: (cause) => {
      error = messageOf(cause)
    },
  })
  actor.start()
  for (const step of steps) {
    taken.length = 0
    effects.length = 0
    doStep(step)
  }
  const snapshot = actor.getSnapshot()

  function doStep(step: SimulationStep) {
    if (step.do === 'send') actor.send(step.event)
    else if (step.do === 'advance') time.advance(step.milliseconds)
    else {
      const child = actor.getSnapshot().children[step.invokeId]
      child?.send(
        step.do === 'answer'
          ? { type: 'stand-in.answer', output: step.output }
          : { type: 'stand-in.fail', error: new Error(step.message) },
      )
    }
  }

  return {
    value: jsonOf(snapshot.value),
    context: jsonOf(snapshot.context),
    status: snapshot.status,
    error,
    active: activeStatesOf(snapshot),
    tags: [...snapshot.tags],
    taken,
    effects,
    invokes: runningIn(snapshot.children),
    timers: time.timers(),
    now: time.now(),
    reactionsTo: (event) =>
      snapshot.status === 'active'
        ? simulated.getTransitionData(snapshot, event).map(takenTransitionId)
        : [],
  }
}

/** Tells a root actor's own steps; it takes the first ones before `createActor` has handed it out. */
export function isOfRoot({ actorRef, rootId }: InspectionEvent): boolean {
  return (actorRef as AnyActorRef).sessionId === rootId
}

function runningIn(children: Record<string, AnyActorRef | undefined>): RunningInvoke[] {
  return Object.entries(children).flatMap(([id, child]): RunningInvoke[] => {
    if (child?.getSnapshot().status !== 'active') return []
    return [{ id, src: typeof child.src === 'string' ? child.src : id }]
  })
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
