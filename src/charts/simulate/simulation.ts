import type { AnyActorRef, AnyStateMachine, EventObject } from 'xstate'
import { type Json, toJson } from '../json.ts'
import { readTransitionId } from '../read-chart.ts'
import { readActiveStates } from '../xstate-internals.ts'
import { createChildActor } from './child-actor.ts'
import { createRunReport } from './run-report.ts'
import { createSimulatedClock, type SimulatedTimer } from './simulated-clock.ts'
import { stubEffects } from './stub-effects.ts'

/** One step of a simulated run. */
export type SimulationStep =
  | { do: 'send'; event: { type: string } & Record<string, Json> }
  | { do: 'advance'; milliseconds: number }
  | { do: 'answer'; invokeId: string; output: Json }
  | { do: 'fail'; invokeId: string; message: string }

/** A complete simulated run: the same steps always lead to the same state. */
export interface SimulationRun {
  machineId: string
  input: Json
  steps: SimulationStep[]
}

export interface RunningActor {
  id: string
  src: string
}

/** The state after the steps of a run. */
export interface SimulationState {
  value: Json
  context: Json
  status: string
  /** Why the machine stopped: what failed, in which state, and its message. */
  error: string | null
  /** The step that failed, counted from 1; 0 is the start. */
  failedStep: number | null
  /** The guards and delays without an implementation, and what stands in for them. */
  standIns: string[]
  active: string[]
  tags: string[]
  /** The ids of the transitions that the last step took. */
  taken: string[]
  /** The names of the effects that the last step would have run. */
  effects: string[]
  actors: RunningActor[]
  timers: SimulatedTimer[]
  /** Simulated milliseconds since the start. */
  now: number
  /** Lists the ids of the transitions that the machine would take for an event. */
  findTransitions: (event: EventObject) => string[]
}

/** The state of a run, and a callback that continues it. */
export type StepProps = { state: SimulationState; onStep: (step: SimulationStep) => void }

/**
 * Starts a machine with stubbed effects, and replays every step. It always returns: a step fails if
 * it takes too many microsteps, takes too long in real time, or if one of the machine's functions
 * throws.
 */
export function simulate(
  machine: AnyStateMachine,
  { input, steps }: Pick<SimulationRun, 'input' | 'steps'>,
  now: () => number = () => performance.now(),
): SimulationState {
  const clock = createSimulatedClock()
  const report = createRunReport(now)
  const simulated = stubEffects(machine, report.reports)
  const actor = createChildActor(simulated, {
    input,
    clock: clock.clock,
    onMicrostep: report.addMicrostep,
  })
  actor.subscribe({ error: report.fail })
  actor.start()
  for (const step of steps) {
    if (actor.getSnapshot().status !== 'active') break
    report.startStep()
    if (step.do === 'advance') clock.advance(step.milliseconds)
    else runStep(actor, step)
  }
  const snapshot = actor.getSnapshot()
  return {
    value: toJson(snapshot.value),
    context: toJson(snapshot.context),
    status: snapshot.status,
    ...report.read(),
    active: readActiveStates(snapshot),
    tags: [...snapshot.tags],
    actors: listRunning(snapshot.children),
    timers: clock.timers(),
    now: clock.now(),
    findTransitions: (event) =>
      snapshot.status === 'active'
        ? simulated.getTransitionData(snapshot, event).map(readTransitionId)
        : [],
  }
}

function runStep(actor: AnyActorRef, step: Exclude<SimulationStep, { do: 'advance' }>) {
  if (step.do === 'send') return actor.send(step.event)
  const child: AnyActorRef | undefined = actor.getSnapshot().children[step.invokeId]
  child?.send(
    step.do === 'answer'
      ? { type: 'stub.complete', output: step.output }
      : { type: 'stub.fail', error: new Error(step.message) },
  )
}

function listRunning(children: Record<string, AnyActorRef | undefined>): RunningActor[] {
  return Object.entries(children).flatMap(([id, child]): RunningActor[] => {
    if (child?.getSnapshot().status !== 'active') return []
    return [{ id, src: typeof child.src === 'string' ? child.src : id }]
  })
}
