import type {
  Chart,
  ChartAction,
  ChartGuard,
  ChartInvoke,
  ChartState,
  ChartTransition,
  TransitionKind,
} from '../chart.ts'
import type { Json } from '../json.ts'
import { formatGuard } from '../labels.ts'

type Config = { [key: string]: Json }

/**
 * Converts a chart to the JSON config of an XState 5 machine, which Stately Studio imports. Given to
 * `createMachine`, it makes a machine with the same chart. Inline code becomes a name.
 */
export function toMachineConfig(chart: Chart): Config {
  const places = new Map<string, Place>()
  addPlaces(chart.root, null, places)
  return { id: chart.machineId, ...toStateConfig(chart.root, chart, places) }
}

/** The name of an actor with inline logic. */
export const inlineActor = 'inline actor'

interface Place {
  state: ChartState
  parent: ChartState | null
}

function addPlaces(state: ChartState, parent: ChartState | null, places: Map<string, Place>) {
  places.set(state.id, { state, parent })
  for (const child of state.states) addPlaces(child, state, places)
}

function toStateConfig(state: ChartState, chart: Chart, places: Map<string, Place>): Config {
  const parent = places.get(state.id)?.parent
  const own = chart.transitions.filter(({ source }) => source === state.id)
  const ofKind = (kind: TransitionKind) =>
    toTransitionConfigs(
      own.filter((one) => one.kind === kind),
      places,
    )
  const config = omitEmpty({
    ...(parent && state.id !== `${parent.id}.${state.key}` && { id: state.id }),
    type: state.kind === 'atomic' || state.kind === 'compound' ? null : state.kind,
    history: state.history,
    target: state.kind === 'history' ? toHistoryTarget(own, places) : null,
    description: state.description,
    tags: state.tags,
    initial: toInitialConfig(state),
    entry: state.entry.map(toActionConfig),
    exit: state.exit.map(toActionConfig),
    invoke: state.invokes.map((invoke) => toInvokeConfig(invoke, own, places)),
    on: groupTransitions(own, 'event', ({ event }) => event, places),
    after: groupTransitions(own, 'after', ({ delay }) => delay?.name ?? '', places),
    always: ofKind('always'),
    onDone: ofKind('completed'),
    meta: state.meta,
    states: Object.fromEntries(
      state.states.map((child) => [child.key, toStateConfig(child, chart, places)]),
    ),
  })
  const route = toRouteConfig(state, chart, places)
  return route ? { ...config, route } : config
}

// XState moves a route to the root, and adds a guard that checks for this state as the event's target.
function toRouteConfig(
  { id }: ChartState,
  chart: Chart,
  places: Map<string, Place>,
): Config | null {
  const route = chart.transitions.find(({ kind, targets }) => kind === 'route' && targets[0] === id)
  if (!route) return null
  const guard = route.guard?.kind === 'and' ? (route.guard.guards[1] ?? null) : null
  const [config = {}] = toTransitionConfigs([{ ...route, targets: [], guard }], places)
  return config
}

function toInitialConfig({ initial, states }: ChartState): Json {
  const child = states.find(({ id }) => id === initial?.target)
  if (!initial || !child) return null
  const { actions, description } = initial
  if (actions.length === 0 && description === '') return child.key
  return omitEmpty({ target: child.key, actions: actions.map(toActionConfig), description })
}

function toHistoryTarget([first]: ChartTransition[], places: Map<string, Place>): Json {
  if (!first) return null
  return unwrapSingle(first.targets.map((target) => formatTarget(first.source, target, places)))
}

const unwrapSingle = (names: string[]): Json => (names.length > 1 ? names : (names[0] ?? null))

function toInvokeConfig(
  { id, src, systemId }: ChartInvoke,
  own: ChartTransition[],
  places: Map<string, Place>,
): Config {
  const events = own.filter(({ invokeId }) => invokeId === id)
  const ofKind = (kind: TransitionKind) =>
    toTransitionConfigs(
      events.filter((one) => one.kind === kind),
      places,
    )
  const [onDone, onError, onSnapshot] = [ofKind('done'), ofKind('error'), ofKind('snapshot')]
  return omitEmpty({ id, src: src ?? inlineActor, systemId, onDone, onError, onSnapshot })
}

function groupTransitions(
  own: ChartTransition[],
  kind: TransitionKind,
  getKey: (transition: ChartTransition) => string,
  places: Map<string, Place>,
): Config {
  const groups = new Map<string, ChartTransition[]>()
  for (const transition of own.filter((one) => one.kind === kind)) {
    const key = getKey(transition)
    groups.set(key, [...(groups.get(key) ?? []), transition])
  }
  return Object.fromEntries(
    [...groups].map(([key, transitions]) => [key, toTransitionConfigs(transitions, places)]),
  )
}

function toTransitionConfigs(transitions: ChartTransition[], places: Map<string, Place>): Config[] {
  return transitions.map(({ source, targets, guard, actions, description, reenter, meta }) => {
    const names = targets.map((target) => formatTarget(source, target, places))
    return omitEmpty({
      target: unwrapSingle(names),
      guard: guard && toGuardConfig(guard),
      actions: actions.map(toActionConfig),
      description,
      reenter: reenter || null,
      meta,
    })
  })
}

/** Formats a target as in source code: a sibling's key, a child's key after a dot, or `#` and an id. */
function formatTarget(source: string, target: string, places: Map<string, Place>): string {
  const [from, to] = [places.get(source), places.get(target)]
  if (to?.parent && to.parent === from?.parent) return to.state.key
  return to?.parent && to.parent === from?.state ? `.${to.state.key}` : `#${target}`
}

function toGuardConfig(guard: ChartGuard): Json {
  if (guard.kind !== 'named' || guard.params === 'computed') return formatGuard(guard)
  const { name, params } = guard
  return params === null ? name : { type: name, params }
}

function toActionConfig({ name, params }: ChartAction): Json {
  return params === null ? name : { type: name, params }
}

/** Omits empty values. A forbidden transition stays, as `{}`. */
function omitEmpty(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
