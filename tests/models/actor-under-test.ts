import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import {
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  fromPromise,
  type InspectionEvent,
  setup,
} from 'xstate'
import { readTransitionId } from '#charts/read-chart.ts'
import { listNodes, readScheduledEvents, readTakenTransitions } from '#charts/xstate-internals.ts'
import type { Microsteps, PathTest } from '../support/model.ts'

/** An effect that a machine has asked for and that has no answer yet. */
export interface OpenCall {
  id: string
  input: unknown
  signal: AbortSignal
  isAnswered: boolean
  resolve: (output: unknown) => void
  reject: (error: unknown) => void
}

/** A running machine whose effects and clock are in the test's hands. */
export interface ActorUnderTest {
  snapshot: () => AnyMachineSnapshot
  /** All effects it has asked for, by the order of asking. */
  calls: readonly OpenCall[]
  /** What it has told its parent. */
  reports: readonly AnyEventObject[]
  /** The delays that run now, in ms, by the state that waits for them. */
  delays: () => Readonly<Record<string, number>>
  /** Lets an event of the chart happen: an answer, a timer or something asked of it. */
  take: (event: AnyEventObject) => Promise<void>
  /** The transitions since the last call. */
  taken: () => Microsteps
  stop: () => void
}

/** Starts a machine as the child of another, so that it has somebody to report to. */
export function startActor(
  machine: AnyStateMachine,
  input: unknown,
  effects: readonly string[],
): ActorUnderTest {
  const { clock, fire, running } = createManualClock(() => root)
  const calls: OpenCall[] = []
  const reports: AnyEventObject[] = []
  const microsteps: string[][] = []
  const deferred = fromPromise(
    ({ input: asked, signal, self }) =>
      new Promise((resolve, reject) => {
        calls.push({ id: self.id, input: asked, signal, isAnswered: false, resolve, reject })
      }),
  )
  const tested = machine.provide({
    actors: Object.fromEntries(effects.map((name) => [name, deferred])),
  })
  const parent = setup({ actors: { tested } }).createMachine({
    invoke: { id: 'tested', src: 'tested', input },
    on: { '*': { actions: ({ event }) => reports.push(event) } },
  })
  const root: AnyActorRef = createActor(parent, {
    clock,
    inspect: (event: InspectionEvent) => {
      if (event.type !== '@xstate.microstep' || (event.actorRef as AnyActorRef).id !== 'tested')
        return
      microsteps.push(readTakenTransitions(event).map(readTransitionId))
    },
  })
  root.start()
  const actor = root.getSnapshot().children.tested as AnyActorRef
  const snapshot = (): AnyMachineSnapshot => actor.getSnapshot()

  return {
    snapshot,
    calls,
    reports,
    delays: () =>
      Object.fromEntries(
        running().map(({ type, delay }) => [type.replace(afterState, '$1'), delay]),
      ),
    async take(event) {
      const answered = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type)
      if (answered) settle(answered[2] ?? '', event)
      else if (event.type.startsWith('xstate.after.')) fire(event.type)
      else actor.send(event)
      await settled()
      expectOnlyWantedCalls(calls, snapshot())
    },
    taken: () => microsteps.splice(0),
    stop: () => root.stop(),
  }

  function settle(id: string, event: AnyEventObject) {
    const call = calls.findLast((one) => one.id === id)
    if (!call) throw new Error(`The machine has not asked for ${id}`)
    call.isAnswered = true
    if ('error' in event) call.reject(event.error)
    else call.resolve(event.output)
  }
}

const afterState = /^xstate\.after\.[^.]+\.(.+)$/

/** A clock whose timers go off by hand, in any order, by the names of their events. */
function createManualClock(root: () => AnyActorRef) {
  const timers = new Map<number, { type: string; delay: number; goOff: () => void }>()
  let count = 0
  return {
    running: () => [...timers.values()],
    fire: (type: string) => {
      const [id, timer] = [...timers].find(([, one]) => one.type === type) ?? []
      if (id === undefined) throw new Error(`No timer runs for ${type}`)
      timers.delete(id)
      timer?.goOff()
    },
    clock: {
      setTimeout: (goOff: () => void, delay: number) => {
        const newest = readScheduledEvents(root()).at(-1)
        count += 1
        timers.set(count, { type: newest?.type ?? '', delay, goOff })
        return count
      },
      clearTimeout: (id: number) => timers.delete(id),
    },
  }
}

/** The drivers of every event that a machine takes, for `@xstate/test`. */
export function driversFor(
  machine: AnyStateMachine,
  take: ActorUnderTest['take'],
): Required<PathTest>['events'] {
  const types = listNodes(machine).flatMap(({ transitions }) => [...transitions.keys()])
  const drive = ({ event }: { event: AnyEventObject }) => take(event)
  return Object.fromEntries(types.map((type) => [type, drive]))
}

/** Fails unless the actor stands where the model says. */
export function expectAgreement(model: AnyMachineSnapshot, actual: AnyMachineSnapshot) {
  const [expected, found] = [model, actual].map(({ value, context, status, tags, children }) => ({
    value,
    context,
    status,
    tags: [...tags].sort(),
    children: Object.keys(children).sort(),
  }))
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected)
}

/** Fails unless the calls whose state was left without an answer are aborted, and no others. */
function expectOnlyWantedCalls(calls: readonly OpenCall[], { children }: AnyMachineSnapshot) {
  const latest = new Map(calls.map((call) => [call.id, call]))
  for (const call of calls.filter(({ isAnswered }) => !isAnswered)) {
    const isWanted = call.id in children && latest.get(call.id) === call
    expect(call.signal.aborted, `is the call ${call.id} aborted?`).toBe(!isWanted)
  }
}

/** Lets the promises that are settled by now be heard. */
const settled = () => new Promise((resolve) => setImmediate(resolve))
