import { type Chart, type ChartState, listStates } from '../chart.ts'
import { type ActorEvent, type EventNames, prefixes } from './scxml-events.ts'
import { createXmlIds } from './xml.ts'

/** A chart's states by id, and the SCXML names of states and events. */
export interface ScxmlNames {
  chart: Chart
  findState: (id: string) => ChartState
  findParent: (id: string) => ChartState | null
  /** The XML id of a state. */
  getStateId: (id: string) => string
  /** The XML id of the final state inside a final region, because SCXML has no final regions. */
  getInnerFinalId: (id: string) => string
  /** The XML id of the final state that ends a machine whose root is parallel. */
  end: string
  getInvokeId: (stateId: string, invokeId: string) => string
  events: EventNames
}

/** Assigns XML ids, unique in the document, to every state, invoke and timer of a chart. */
export function nameForScxml(chart: Chart): ScxmlNames {
  const createUniqueId = createXmlIds()
  const states = listStates(chart.root)
  const byId = new Map(states.map((state) => [state.id, state]))
  const parents = new Map(
    states.flatMap((parent) => parent.states.map((child) => [child.id, parent] as const)),
  )
  const stateIds = new Map(states.map(({ id }) => [id, createUniqueId(id)]))
  const regions = states.filter(({ id, kind }) => kind === 'final' && isRegion(parents.get(id)))
  const innerFinals = new Map(regions.map(({ id }) => [id, createUniqueId(`${id}.final`)]))
  const invokes = states.flatMap(({ id: stateId, invokes: own }) =>
    own.map(({ id }) => ({ stateId, id, xmlId: createUniqueId(id) })),
  )
  const timers = new Map(
    chart.transitions
      .filter(({ kind, index }) => kind === 'after' && index === 0)
      .map(({ source, event }) => [`${source}|${event}`, createUniqueId(event)]),
  )
  const getStateId = (id: string) => stateIds.get(id) ?? id
  const listActorEvents = (kind: ActorEvent, id: string, source: string) => {
    const sameId = invokes.filter((invoke) => invoke.id === id)
    const own = sameId.filter(({ stateId }) => stateId === source)
    const found = (own.length > 0 ? own : sameId).map(({ xmlId }) => xmlId)
    const [, prefix] = prefixes[kind]
    return (found.length > 0 ? found : [id]).map((xmlId) => `${prefix}${xmlId}`)
  }
  return {
    chart,
    findState: (id) => byId.get(id) ?? chart.root,
    findParent: (id) => parents.get(id) ?? null,
    getStateId,
    getInnerFinalId: (id) => innerFinals.get(id) ?? id,
    end: createUniqueId(`${chart.root.id}.end`),
    getInvokeId: (stateId, invokeId) =>
      invokes.find((invoke) => invoke.stateId === stateId && invoke.id === invokeId)?.xmlId ??
      invokeId,
    events: {
      listDoneEvents: (id) => {
        // XState considers a final region done without sending an event.
        const isSilent = !byId.has(id) || innerFinals.has(id)
        return [isSilent ? `${prefixes.state[0]}${id}` : `${prefixes.state[1]}${getStateId(id)}`]
      },
      listActorEvents,
      getDelayEvent: (source, event) => timers.get(`${source}|${event}`) ?? event,
      unknown: regions.map(({ id }) => `${prefixes.state[1]}${getStateId(id)}`),
    },
  }
}

const isRegion = (parent: ChartState | undefined) => parent?.kind === 'parallel'

/** Whether a state is a final child of a compound root, which ends the machine. */
export function endsMachine({ id, kind }: ChartState, { chart }: ScxmlNames): boolean {
  return (
    kind === 'final' && chart.root.states.some((child) => child.id === id) && !isRegion(chart.root)
  )
}

/** Whether a state has child states in SCXML, where final states that end the machine move out. */
export function hasChildren(state: ChartState, names: ScxmlNames): boolean {
  return state.states.some((child) => !endsMachine(child, names))
}

/** Whether a state is another state, or inside it. */
export function isSameOrWithin(id: string, otherId: string, { findParent }: ScxmlNames): boolean {
  for (let at: string | undefined = id; at !== undefined; at = findParent(at)?.id) {
    if (at === otherId) return true
  }
  return false
}

/** Whether SCXML can hold a state's transitions and invokes, which a final state can't have. */
export function canHaveTransitions(state: ChartState, { findParent }: ScxmlNames): boolean {
  return state.kind !== 'final' || findParent(state.id)?.kind === 'parallel'
}
