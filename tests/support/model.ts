import { TestModel as TestModelOfBeta, type TestParam, type TestPath } from '@xstate/test'
import {
  type ActorLogic,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  createEmptyActor,
} from 'xstate'
import { type AdjacencyValue, getAdjacencyMap, type StatePath } from 'xstate/graph'
import { readTransitionId } from '#charts/read-chart.ts'
import {
  listNodes,
  readActiveNodes,
  readActiveStates,
  readTakenTransitions,
} from '#charts/xstate-internals.ts'

/** An event with a payload that fits the snapshot it meets, or null where it can't happen. */
export type EventCase = (snapshot: AnyMachineSnapshot) => AnyEventObject | null

/** What the generated tests know of a machine besides its chart. */
export interface Model {
  machine: AnyStateMachine
  /** Every way to start it, by a name for people. */
  inputs: Readonly<Record<string, unknown>>
  /** Every event, by a name for people; those of one type are its outcomes. */
  cases: Readonly<Record<string, EventCase>>
  /** What tells two snapshots apart: the state value and whatever a guard reads. */
  keyOf: (snapshot: AnyMachineSnapshot) => string
}

/** The transitions of one event, microstep by microstep, by their ids. */
export type Microsteps = readonly (readonly string[])[]

export interface Edge {
  caseName: string
  to: Node
  /** Edges that take the same transitions share this very array. */
  microsteps: Microsteps
}

/** All snapshots that a model can't tell apart. */
export interface Node {
  stateIds: readonly string[]
  edges: Edge[]
}

/** Everything a model can do. */
export interface StateGraph {
  roots: readonly { inputName: string; node: Node; microsteps: Microsteps }[]
  nodes: readonly Node[]
}

/** A walk through a graph, by the names of an input and of event cases. */
export interface Route {
  inputName: string
  caseNames: readonly string[]
}

/** The path of a route: an event and the snapshot it leads to, step by step, ready to be tested. */
export interface ModelPath extends Route {
  name: string
  microsteps: readonly Microsteps[]
  steps: readonly { event: AnyEventObject; state: AnyMachineSnapshot }[]
  test: TestPath<AnyMachineSnapshot, AnyEventObject>['test']
}

export type PathTest = TestParam<AnyMachineSnapshot, AnyEventObject>

type Adjacent = AdjacencyValue<AnyMachineSnapshot, AnyEventObject>
type Logic = ActorLogic<AnyMachineSnapshot, AnyEventObject, unknown>

const graphs = new WeakMap<Model, StateGraph>()

/** Walks through all that the model can do. */
export function graphOf(model: Model): StateGraph {
  const graph = graphs.get(model) ?? walkAll(model)
  graphs.set(model, graph)
  return graph
}

function walkAll(model: Model): StateGraph {
  const nodes = new Map<string, Node>()
  const sharedMicrosteps = new Map<string, Microsteps>()
  const share = (microsteps: Microsteps) =>
    known(sharedMicrosteps, JSON.stringify(microsteps), () => microsteps)
  const nodeOf = (snapshot: AnyMachineSnapshot) =>
    known(nodes, model.keyOf(snapshot), () => ({
      stateIds: readActiveStates(snapshot),
      edges: [],
    }))

  const roots = Object.entries(model.inputs).map(([inputName, input]) => {
    const { logic, microstepsOf } = pureLogicOf(model.machine, input)
    const { eventsFor, nameOf } = namedEvents(model)
    const initial = initialSnapshotOf(logic, input)
    const walked = new Set(nodes.keys())
    const adjacency = getAdjacencyMap(logic, {
      fromState: initial,
      events: eventsFor,
      serializeState: model.keyOf,
      serializeEvent: nameOf,
      stopWhen: (snapshot) => walked.has(model.keyOf(snapshot)),
    })
    for (const { state: before, transitions } of Object.values(adjacency) as Adjacent[]) {
      const { edges } = nodeOf(before)
      for (const [caseName, { state }] of Object.entries(transitions)) {
        const isTaken = state !== before && microstepsOf(state).flat().length > 0
        if (isTaken)
          edges.push({ caseName, to: nodeOf(state), microsteps: share(microstepsOf(state)) })
      }
    }
    return { inputName, node: nodeOf(initial), microsteps: share(microstepsOf(initial)) }
  })
  return { roots, nodes: [...nodes.values()] }
}

function known<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const value = values.get(key) ?? make()
  values.set(key, value)
  return value
}

/**
 * Turns routes into paths that can be tested, with the payloads that their events have on the way.
 */
export function pathsOf(model: Model, routes: readonly Route[]): ModelPath[] {
  return routes.map((route, index) => {
    const given = route.caseNames.map(
      (name): EventCase =>
        (snapshot) => {
          const event = model.cases[name]?.(snapshot)
          if (!event) throw new Error(`${name} can't happen after ${route.caseNames.join(' → ')}`)
          return event
        },
    )
    const path = pathOf(model.machine, model.inputs[route.inputName], given)
    return { ...route, name: `${model.machine.id} ${index + 1}`, ...path }
  })
}

/** The path of events that were recorded, with the payloads they had. */
export const pathOfEvents = (
  machine: AnyStateMachine,
  input: unknown,
  events: readonly AnyEventObject[],
) =>
  pathOf(
    machine,
    input,
    events.map((event) => () => event),
  )

function pathOf(machine: AnyStateMachine, input: unknown, cases: readonly EventCase[]) {
  const { logic, microstepsOf } = pureLogicOf(machine, input)
  let state = initialSnapshotOf(logic, input)
  const steps = [{ event: { type: 'xstate.init' } as AnyEventObject, state }]
  for (const caseOf of cases) {
    const event = caseOf(state)
    if (!event) continue
    state = logic.transition(state, event, unusedScope)
    steps.push({ event, state })
  }
  const path: StatePath<AnyMachineSnapshot, AnyEventObject> = { state, steps, weight: steps.length }
  const [tested] = testModelOf(logic).getPaths(() => [path])
  if (!tested) throw new Error('@xstate/test has dropped a path')
  return { steps, microsteps: steps.map((step) => microstepsOf(step.state)), test: tested.test }
}

/**
 * Refuses a model that would pass without a word where it should not: an event of the chart without
 * a case, a case or an assertion whose name is not in the chart, and an input that breaks the
 * machine.
 * @param leftOut transitions that no path goes through; an event that takes no other needs no step
 */
export function checkModel(
  model: Model,
  test: Required<Pick<PathTest, 'states' | 'events'>>,
  leftOut: readonly string[] = [],
) {
  const nodes = listNodes(model.machine)
  const stateIds = new Set(nodes.map(({ id }) => id))
  const events = new Set(nodes.flatMap(({ transitions }) => [...transitions.keys()]))
  const { id } = model.machine
  const misnamedStates = Object.keys(test.states).filter((key) => !stateIds.has(key))
  if (misnamedStates.length > 0) {
    throw new Error(`${id} has no state ${misnamedStates.join(', ')}: correct the key in 'states'.`)
  }
  const misnamedEvents = Object.keys(test.events).filter((key) => !events.has(key))
  if (misnamedEvents.length > 0) {
    throw new Error(
      `${id} takes no event ${misnamedEvents.join(', ')}: correct the key in 'events'.`,
    )
  }
  const needed = new Set(
    nodes
      .flatMap(({ transitions }) => [...transitions.values()].flat())
      .filter((definition) => !leftOut.includes(readTransitionId(definition)))
      .map(({ eventType }) => eventType),
  )
  const undriven = [...needed].filter((event) => !(event in test.events))
  if (undriven.length > 0) {
    throw new Error(`Nothing in 'events' says how ${undriven.join(', ')} of ${id} happens.`)
  }
  const unwatched = nodes
    .filter(canRest)
    .flatMap((node) => (node.id in test.states ? [] : [node.id]))
  if (unwatched.length > 0) {
    throw new Error(`Nothing in 'states' says what holds in ${unwatched.join(', ')}.`)
  }
}

/** A state to stay in: one without states of its own that is not left at once. */
const canRest = ({ type, always = [] }: AnyStateNode) =>
  (type === 'atomic' || type === 'final') && always.every(({ guard }) => guard !== undefined)

/** The events of the cases that a snapshot heeds, and the case that an event was made by. */
function namedEvents({ cases }: Model) {
  const names = new WeakMap<AnyEventObject, string>()
  return {
    nameOf: (event: AnyEventObject) => names.get(event) ?? event.type,
    eventsFor: (snapshot: AnyMachineSnapshot) => {
      const heeded = new Set(
        readActiveNodes(snapshot).flatMap(({ transitions }) => [...transitions.keys()]),
      )
      return Object.entries(cases).flatMap(([name, caseOf]) => {
        const event = snapshot.status === 'active' ? caseOf(snapshot) : null
        if (!event || !heeded.has(event.type)) return []
        names.set(event, name)
        return [event]
      })
    },
  }
}

// The logic below brings a scope of its own.
const unusedScope = undefined as never

/**
 * The machine as a pure function that remembers which transitions led to a snapshot. The
 * traversals' own scope has no snapshot of its actor, which actions that look at their children
 * need.
 */
function pureLogicOf(machine: AnyStateMachine, input: unknown) {
  const taken = new WeakMap<AnyMachineSnapshot, Microsteps>()
  let microsteps: string[][] = []
  let current: AnyMachineSnapshot | undefined
  // Its parent is told nothing: actions are resolved, not executed.
  const self = createActor(machine, { input, parent: createEmptyActor() })
  self.system.inspect((event) => {
    if (event.type !== '@xstate.microstep' || event.actorRef !== self) return
    microsteps.push(readTakenTransitions(event).map(readTransitionId))
  })
  self.getSnapshot = () => current as AnyMachineSnapshot
  const scope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: ignore,
    defer: ignore,
    stopChild: ignore,
    emit: ignore,
    actionExecutor: ignore,
  } as unknown as Parameters<AnyStateMachine['transition']>[2]
  const remember = (step: () => AnyMachineSnapshot) => {
    microsteps = []
    const stepped = step()
    // A transition that only sends something leads to the very snapshot it came from.
    const next = stepped === current && microsteps.flat().length > 0 ? { ...stepped } : stepped
    if (next !== current) taken.set(next, microsteps)
    return next
  }
  const logic: Logic = {
    transition: (snapshot, event) => {
      current = snapshot
      return remember(() => machine.transition(snapshot, event, scope))
    },
    getInitialSnapshot: () => {
      current = undefined
      return remember(() => machine.getInitialSnapshot(scope, input))
    },
    getPersistedSnapshot: (snapshot) => machine.getPersistedSnapshot(snapshot),
  }
  return { logic, microstepsOf: (snapshot: AnyMachineSnapshot) => taken.get(snapshot) ?? [] }
}

const ignore = () => {}

function initialSnapshotOf(logic: Logic, input: unknown): AnyMachineSnapshot {
  const initial = logic.getInitialSnapshot(unusedScope, input)
  if (initial.status !== 'error') return initial
  throw new Error(`The machine can’t start from its input: ${initial.error}`, {
    cause: initial.error,
  })
}

const testModelOf = (logic: Logic) =>
  new TestModelOfBeta<AnyMachineSnapshot, AnyEventObject, unknown>(logic as never, {
    serializeState: (snapshot) => JSON.stringify(snapshot.value),
    stateMatcher: (snapshot, stateId) => readActiveStates(snapshot).includes(stateId),
  })
