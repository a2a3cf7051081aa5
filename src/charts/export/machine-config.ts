import type {
  Chart,
  ChartAction,
  ChartGuard,
  ChartInvoke,
  ChartState,
  ChartTransition,
  Json,
  TransitionKind,
} from '../chart.ts'
import { guardLabel } from '../chart-parts.ts'

type Config = { [key: string]: Json }

/**
 * A chart as the config of an XState 5 machine in JSON, which Stately Studio imports: `createMachine` makes
 * a machine with the same chart of it. What stands for code in place is a name: JSON can't hold the code.
 */
export function machineConfigOf(chart: Chart): Config {
  const places = new Map<string, Place>()
  place(chart.root, null, places)
  return { id: chart.machineId, ...stateConfigOf(chart.root, chart, places) }
}

/** The name of an actor that a machine makes in place. */
export const inlineActor = 'inline actor'

interface Place {
  state: ChartState
  parent: ChartState | null
}

function place(state: ChartState, parent: ChartState | null, places: Map<string, Place>) {
  places.set(state.id, { state, parent })
  for (const child of state.states) place(child, state, places)
}

function stateConfigOf(state: ChartState, chart: Chart, places: Map<string, Place>): Config {
  const parent = places.get(state.id)?.parent
  const own = chart.transitions.filter(({ source }) => source === state.id)
  const of = (kind: TransitionKind) =>
    transitionConfigs(
      own.filter((one) => one.kind === kind),
      places,
    )
  const config = withoutEmpty({
    ...(parent && state.id !== `${parent.id}.${state.key}` && { id: state.id }),
    type: state.kind === 'atomic' || state.kind === 'compound' ? null : state.kind,
    history: state.history,
    target: state.kind === 'history' ? historyTarget(own, places) : null,
    description: state.description,
    tags: state.tags,
    initial: initialOf(state),
    entry: state.entry.map(actionConfig),
    exit: state.exit.map(actionConfig),
    invoke: state.invokes.map((invoke) => invokeConfig(invoke, own, places)),
    on: byKey(own, 'event', ({ event }) => event, places),
    after: byKey(own, 'after', ({ delay }) => delay?.name ?? '', places),
    always: of('always'),
    onDone: of('completed'),
    meta: state.meta,
    states: Object.fromEntries(
      state.states.map((child) => [child.key, stateConfigOf(child, chart, places)]),
    ),
  })
  const route = routeConfig(state, chart, places)
  return route ? { ...config, route } : config
}

// XState keeps a route at the root, and adds to its guard that the event asks for this very state.
function routeConfig({ id }: ChartState, chart: Chart, places: Map<string, Place>): Config | null {
  const route = chart.transitions.find(({ kind, targets }) => kind === 'route' && targets[0] === id)
  if (!route) return null
  const guard = route.guard?.kind === 'and' ? (route.guard.guards[1] ?? null) : null
  const [config = {}] = transitionConfigs([{ ...route, targets: [], guard }], places)
  return config
}

function initialOf({ initial, states }: ChartState): Json {
  const child = states.find(({ id }) => id === initial?.target)
  if (!initial || !child) return null
  const { actions, description } = initial
  if (actions.length === 0 && description === '') return child.key
  return withoutEmpty({ target: child.key, actions: actions.map(actionConfig), description })
}

function historyTarget([first]: ChartTransition[], places: Map<string, Place>): Json {
  if (!first) return null
  return oneOrAll(first.targets.map((target) => targetName(first.source, target, places)))
}

const oneOrAll = (names: string[]): Json => (names.length > 1 ? names : (names[0] ?? null))

function invokeConfig(
  { id, src, systemId }: ChartInvoke,
  own: ChartTransition[],
  places: Map<string, Place>,
): Config {
  const answers = own.filter(({ invokeId }) => invokeId === id)
  const of = (kind: TransitionKind) =>
    transitionConfigs(
      answers.filter((one) => one.kind === kind),
      places,
    )
  const [onDone, onError, onSnapshot] = [of('done'), of('error'), of('snapshot')]
  return withoutEmpty({ id, src: src ?? inlineActor, systemId, onDone, onError, onSnapshot })
}

function byKey(
  own: ChartTransition[],
  kind: TransitionKind,
  keyOf: (transition: ChartTransition) => string,
  places: Map<string, Place>,
): Config {
  const groups = new Map<string, ChartTransition[]>()
  for (const transition of own.filter((one) => one.kind === kind)) {
    const key = keyOf(transition)
    groups.set(key, [...(groups.get(key) ?? []), transition])
  }
  return Object.fromEntries(
    [...groups].map(([key, transitions]) => [key, transitionConfigs(transitions, places)]),
  )
}

function transitionConfigs(transitions: ChartTransition[], places: Map<string, Place>): Config[] {
  return transitions.map(({ source, targets, guard, actions, description, reenter, meta }) => {
    const names = targets.map((target) => targetName(source, target, places))
    return withoutEmpty({
      target: oneOrAll(names),
      guard: guard && guardConfig(guard),
      actions: actions.map(actionConfig),
      description,
      reenter: reenter || null,
      meta,
    })
  })
}

/** As one would write it: a sibling by its key, a child with a dot before it, all else by its id. */
function targetName(source: string, target: string, places: Map<string, Place>): string {
  const [from, to] = [places.get(source), places.get(target)]
  if (to?.parent && to.parent === from?.parent) return to.state.key
  return to?.parent && to.parent === from?.state ? `.${to.state.key}` : `#${target}`
}

function guardConfig(guard: ChartGuard): Json {
  if (guard.kind !== 'named' || guard.params === 'computed') return guardLabel(guard)
  const { name, params } = guard
  return params === null ? name : { type: name, params }
}

function actionConfig({ name, params }: ChartAction): Json {
  return params === null ? name : { type: name, params }
}

/** Leaves out what says nothing. A transition that does nothing stays, as `{}`. */
function withoutEmpty(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !saysNothing(value)))
}

function saysNothing(value: Json): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
