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

/** A call of an effect, which the test settles. */
export interface OpenCall {
  id: string
  input: unknown
  signal: AbortSignal
  isAnswered: boolean
  resolve: (output: unknown) => void
  reject: (error: unknown) => void
}

/** A running machine with effects and a clock that the test controls. */
export interface ActorUnderTest {
  snapshot: () => AnyMachineSnapshot
  /** All calls of effects, in order. */
  calls: readonly OpenCall[]
  /** The events that it has sent to its parent. */
  reports: readonly AnyEventObject[]
  /** The running delays in ms, by the state that waits for them. */
  delays: () => Readonly<Record<string, number>>
  /** Makes an event of the chart happen: an answer, a timer or an event from its parent. */
  take: (event: AnyEventObject) => Promise<void>
  /** The transitions since the last call. */
  taken: () => Microsteps
  stop: () => void
}

/** Starts a machine as the child of another, so that it has a parent to report to. */
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
    ({ input: given, signal, self }) =>
      new Promise((resolve, reject) => {
        calls.push({ id: self.id, input: given, signal, isAnswered: false, resolve, reject })
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
      await flushPromises()
      expectOnlyWantedCalls(calls, snapshot())
    },
    taken: () => microsteps.splice(0),
    stop: () => root.stop(),
  }

  function settle(id: string, event: AnyEventObject) {
    const call = calls.findLast((candidate) => candidate.id === id)
    if (!call) throw new Error(`The machine has not called ${id}`)
    call.isAnswered = true
    if ('error' in event) call.reject(event.error)
    else call.resolve(event.output)
  }
}

const afterState = /^xstate\.after\.[^.]+\.(.+)$/

/** A clock whose timers are fired by the test, in any order, by the names of their events. */
function createManualClock(root: () => AnyActorRef) {
  const timers = new Map<number, { type: string; delay: number; callback: () => void }>()
  let count = 0
  return {
    running: () => [...timers.values()],
    fire: (type: string) => {
      const [id, timer] = [...timers].find(([, candidate]) => candidate.type === type) ?? []
      if (id === undefined) throw new Error(`No timer is running for ${type}`)
      timers.delete(id)
      timer?.callback()
    },
    clock: {
      setTimeout: (callback: () => void, delay: number) => {
        const newest = readScheduledEvents(root()).at(-1)
        count += 1
        timers.set(count, { type: newest?.type ?? '', delay, callback })
        return count
      },
      clearTimeout: (id: number) => timers.delete(id),
    },
  }
}

/** Returns the drivers of all events of a machine, for `@xstate/test`. */
export function createDrivers(
  machine: AnyStateMachine,
  take: ActorUnderTest['take'],
): Required<PathTest>['events'] {
  const types = listNodes(machine).flatMap(({ transitions }) => [...transitions.keys()])
  const drive = ({ event }: { event: AnyEventObject }) => take(event)
  return Object.fromEntries(types.map((type) => [type, drive]))
}

/** Fails unless the actor and the model are in the same state. */
export function expectAgreement(model: AnyMachineSnapshot, actual: AnyMachineSnapshot) {
  const [expected, received] = [model, actual].map(
    ({ value, context, status, tags, children }) => ({
      value,
      context,
      status,
      tags: [...tags].sort(),
      children: Object.keys(children).sort(),
    }),
  )
  if (!isDeepStrictEqual(received, expected)) expect(received).toEqual(expected)
}

/** Fails unless exactly those unanswered calls are aborted whose state has been left. */
function expectOnlyWantedCalls(calls: readonly OpenCall[], { children }: AnyMachineSnapshot) {
  const latest = new Map(calls.map((call) => [call.id, call]))
  for (const call of calls.filter(({ isAnswered }) => !isAnswered)) {
    const isWanted = call.id in children && latest.get(call.id) === call
    expect(call.signal.aborted, `is the call ${call.id} aborted?`).toBe(!isWanted)
  }
}

/** Lets the reactions of settled promises run. */
const flushPromises = () => new Promise((resolve) => setImmediate(resolve))
