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

/** Creates an event with a payload for the snapshot, or null if the event can't happen. */
export type EventCase = (snapshot: AnyMachineSnapshot) => AnyEventObject | null

/** What the generated tests know about a machine besides its chart. */
export interface Model {
  machine: AnyStateMachine
  /** The inputs to start it with, by readable names. */
  inputs: Readonly<Record<string, unknown>>
  /** The events, by readable names; those of the same type are its different outcomes. */
  cases: Readonly<Record<string, EventCase>>
  /** What distinguishes two snapshots: the state value and whatever guards read. */
  getKey: (snapshot: AnyMachineSnapshot) => string
}

/** The ids of the transitions of one event, by microstep. */
export type Microsteps = readonly (readonly string[])[]

export interface Edge {
  caseName: string
  to: Node
  /** Edges that take the same transitions share the same array. */
  microsteps: Microsteps
}

/** All snapshots that a model does not distinguish. */
export interface Node {
  stateIds: readonly string[]
  edges: Edge[]
}

/** Everything that a model can do. */
export interface StateGraph {
  roots: readonly { inputName: string; node: Node; microsteps: Microsteps }[]
  nodes: readonly Node[]
}

/** A walk through a graph, given as the names of an input and of event cases. */
export interface Route {
  inputName: string
  caseNames: readonly string[]
}

/** The testable path of a route: for each step, the event and the snapshot that it leads to. */
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

/** Explores everything that the model can do. */
export function exploreModel(model: Model): StateGraph {
  const graph = graphs.get(model) ?? exploreAll(model)
  graphs.set(model, graph)
  return graph
}

function exploreAll(model: Model): StateGraph {
  const nodes = new Map<string, Node>()
  const sharedMicrosteps = new Map<string, Microsteps>()
  const share = (microsteps: Microsteps) =>
    getOrCreate(sharedMicrosteps, JSON.stringify(microsteps), () => microsteps)
  const getNode = (snapshot: AnyMachineSnapshot) =>
    getOrCreate(nodes, model.getKey(snapshot), () => ({
      stateIds: readActiveStates(snapshot),
      edges: [],
    }))

  const roots = Object.entries(model.inputs).map(([inputName, input]) => {
    const { logic, getMicrosteps } = createPureLogic(model.machine, input)
    const { eventsFor, getName } = createNamedEvents(model)
    const initial = getInitialSnapshot(logic, input)
    const explored = new Set(nodes.keys())
    const adjacency = getAdjacencyMap(logic, {
      fromState: initial,
      events: eventsFor,
      serializeState: model.getKey,
      serializeEvent: getName,
      stopWhen: (snapshot) => explored.has(model.getKey(snapshot)),
    })
    for (const { state: before, transitions } of Object.values(adjacency) as Adjacent[]) {
      const { edges } = getNode(before)
      for (const [caseName, { state }] of Object.entries(transitions)) {
        const isTaken = state !== before && getMicrosteps(state).flat().length > 0
        if (isTaken)
          edges.push({ caseName, to: getNode(state), microsteps: share(getMicrosteps(state)) })
      }
    }
    return { inputName, node: getNode(initial), microsteps: share(getMicrosteps(initial)) }
  })
  return { roots, nodes: [...nodes.values()] }
}

function getOrCreate<Value>(values: Map<string, Value>, key: string, create: () => Value): Value {
  const value = values.get(key) ?? create()
  values.set(key, value)
  return value
}

/**
 * Turns routes into testable paths, with the payloads of their events along the way.
 */
export function createPaths(model: Model, routes: readonly Route[]): ModelPath[] {
  return routes.map((route, index) => {
    const cases = route.caseNames.map(
      (name): EventCase =>
        (snapshot) => {
          const event = model.cases[name]?.(snapshot)
          if (!event) throw new Error(`${name} can't happen after ${route.caseNames.join(' → ')}`)
          return event
        },
    )
    const path = createPath(model.machine, model.inputs[route.inputName], cases)
    return { ...route, name: `${model.machine.id} ${index + 1}`, ...path }
  })
}

/** Creates the path of recorded events, with their payloads. */
export const createPathFromEvents = (
  machine: AnyStateMachine,
  input: unknown,
  events: readonly AnyEventObject[],
) =>
  createPath(
    machine,
    input,
    events.map((event) => () => event),
  )

function createPath(machine: AnyStateMachine, input: unknown, cases: readonly EventCase[]) {
  const { logic, getMicrosteps } = createPureLogic(machine, input)
  let state = getInitialSnapshot(logic, input)
  const steps = [{ event: { type: 'xstate.init' } as AnyEventObject, state }]
  for (const createEvent of cases) {
    const event = createEvent(state)
    if (!event) continue
    state = logic.transition(state, event, unusedScope)
    steps.push({ event, state })
  }
  const path: StatePath<AnyMachineSnapshot, AnyEventObject> = { state, steps, weight: steps.length }
  const [tested] = createTestModel(logic).getPaths(() => [path])
  if (!tested) throw new Error('@xstate/test dropped a path')
  return { steps, microsteps: steps.map((step) => getMicrosteps(step.state)), test: tested.test }
}

/**
 * Refuses tests that would silently miss a part of the model: an event without a driver, a state
 * without an assertion, and a driver or an assertion whose name is not in the chart.
 * @param leftOut transitions that no path takes; an event with no other transition needs no driver
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
    throw new Error(`'events' has no driver for ${undriven.join(', ')} of ${id}.`)
  }
  const unwatched = nodes
    .filter(canRest)
    .flatMap((node) => (node.id in test.states ? [] : [node.id]))
  if (unwatched.length > 0) {
    throw new Error(`'states' has no assertion for ${unwatched.join(', ')}.`)
  }
}

/** Whether a machine can stay in a state: it has no child states and is not left immediately. */
const canRest = ({ type, always = [] }: AnyStateNode) =>
  (type === 'atomic' || type === 'final') && always.every(({ guard }) => guard !== undefined)

/** Lists the events that a snapshot handles, and maps each event to the name of its case. */
function createNamedEvents({ cases }: Model) {
  const names = new WeakMap<AnyEventObject, string>()
  return {
    getName: (event: AnyEventObject) => names.get(event) ?? event.type,
    eventsFor: (snapshot: AnyMachineSnapshot) => {
      const handled = new Set(
        readActiveNodes(snapshot).flatMap(({ transitions }) => [...transitions.keys()]),
      )
      return Object.entries(cases).flatMap(([name, createEvent]) => {
        const event = snapshot.status === 'active' ? createEvent(snapshot) : null
        if (!event || !handled.has(event.type)) return []
        names.set(event, name)
        return [event]
      })
    },
  }
}

// The logic below uses its own scope.
const unusedScope = undefined as never

/**
 * The machine as a pure function that records which transitions led to a snapshot. The scope that
 * the traversals pass has no snapshot of its actor, but actions that read their children need one.
 */
function createPureLogic(machine: AnyStateMachine, input: unknown) {
  const taken = new WeakMap<AnyMachineSnapshot, Microsteps>()
  let microsteps: string[][] = []
  let current: AnyMachineSnapshot | undefined
  // Its parent receives nothing: actions are resolved, not executed.
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
  const record = (step: () => AnyMachineSnapshot) => {
    microsteps = []
    const result = step()
    // A transition that only sends an event returns the same snapshot.
    const next = result === current && microsteps.flat().length > 0 ? { ...result } : result
    if (next !== current) taken.set(next, microsteps)
    return next
  }
  const logic: Logic = {
    transition: (snapshot, event) => {
      current = snapshot
      return record(() => machine.transition(snapshot, event, scope))
    },
    getInitialSnapshot: () => {
      current = undefined
      return record(() => machine.getInitialSnapshot(scope, input))
    },
    getPersistedSnapshot: (snapshot) => machine.getPersistedSnapshot(snapshot),
  }
  return { logic, getMicrosteps: (snapshot: AnyMachineSnapshot) => taken.get(snapshot) ?? [] }
}

const ignore = () => {}

function getInitialSnapshot(logic: Logic, input: unknown): AnyMachineSnapshot {
  const initial = logic.getInitialSnapshot(unusedScope, input)
  if (initial.status !== 'error') return initial
  throw new Error(`The machine can’t start from its input: ${initial.error}`, {
    cause: initial.error,
  })
}

const createTestModel = (logic: Logic) =>
  new TestModelOfBeta<AnyMachineSnapshot, AnyEventObject, unknown>(logic as never, {
    serializeState: (snapshot) => JSON.stringify(snapshot.value),
    stateMatcher: (snapshot, stateId) => readActiveStates(snapshot).includes(stateId),
  })
