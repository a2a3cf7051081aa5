import { groupBy } from '#shared/groups.ts'
import {
  type Chart,
  type ChartAction,
  type ChartGuard,
  type ChartInvoke,
  type ChartState,
  type ChartTransition,
  listStates,
  type TransitionKind,
} from '../chart.ts'
import type { Json } from '../json.ts'
import { formatGuard } from '../labels.ts'

type Config = { [key: string]: Json }

/**
 * Converts a chart to the JSON config of an XState 5 machine, which Stately Studio can import.
 * `createMachine` turns it into a machine with the same chart. Inline code becomes a name;
 * `listJsonLosses` lists what is lost.
 */
export function toMachineConfig(chart: Chart): Config {
  const places = new Map<string, Place>()
  addPlaces(chart.root, null, places)
  return { id: chart.machineId, ...toStateConfig(chart.root, chart, places) }
}

/** The exported name of an actor with inline logic. */
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
  const toConfigs = (kind: TransitionKind) =>
    toTransitionConfigs(
      own.filter((transition) => transition.kind === kind),
      places,
    )
  const route = toRouteConfig(state, chart, places)
  const hasOwnId = route !== null || state.id !== `${parent?.id}.${state.key}`
  const config = omitEmpty({
    ...(parent && hasOwnId && { id: state.id }),
    type: state.kind === 'atomic' || state.kind === 'compound' ? null : state.kind,
    history: state.history,
    target: state.kind === 'history' ? toHistoryTarget(own, places) : null,
    description: state.description,
    tags: state.tags,
    initial: toInitialConfig(state),
    entry: state.entry.map(toActionConfig),
    exit: state.exit.map(toActionConfig),
    invoke: state.invokes.map((invoke) => toInvokeConfig(invoke, own, places)),
    on: groupTransitions(
      own.filter((transition) => transition.kind === 'event' || isPlainEvent(transition, state)),
      ({ event }) => event,
      places,
    ),
    after: groupTransitions(
      own.filter(({ kind }) => kind === 'after'),
      ({ delay }) => delay?.name ?? '',
      places,
    ),
    always: toConfigs('always'),
    onDone: toConfigs('completed'),
    meta: state.meta,
    states: Object.fromEntries(
      state.states.map((child) => [child.key, toStateConfig(child, chart, places)]),
    ),
  })
  return route ? { ...config, route } : config
}

/** Whether a transition handles an actor's event in `on` instead of `onDone` or the like. */
function isPlainEvent({ kind, invokeId }: ChartTransition, { invokes }: ChartState): boolean {
  if (kind !== 'done' && kind !== 'error' && kind !== 'snapshot') return false
  return !invokes.some((invoke) => invoke.id === invokeId && hasHandler(invoke, kind))
}

function hasHandler(
  { hasDone, hasError, hasSnapshot }: ChartInvoke,
  kind: 'done' | 'error' | 'snapshot',
): boolean {
  return { done: hasDone, error: hasError, snapshot: hasSnapshot }[kind]
}

// XState moves a route to the root, and adds a guard that checks whether the event names this state
// as its target.
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
  invoke: ChartInvoke,
  own: ChartTransition[],
  places: Map<string, Place>,
): Config {
  const { id, src, systemId } = invoke
  const toConfigs = (kind: 'done' | 'error' | 'snapshot') =>
    toTransitionConfigs(
      own.filter(
        (transition) =>
          transition.invokeId === id && transition.kind === kind && hasHandler(invoke, kind),
      ),
      places,
    )
  const [onDone, onError, onSnapshot] = [
    toConfigs('done'),
    toConfigs('error'),
    toConfigs('snapshot'),
  ]
  return omitEmpty({ id, src: src ?? inlineActor, systemId, onDone, onError, onSnapshot })
}

function groupTransitions(
  own: ChartTransition[],
  getKey: (transition: ChartTransition) => string,
  places: Map<string, Place>,
): Config {
  return Object.fromEntries(
    [...groupBy(own, getKey)].map(([key, transitions]) => [
      key,
      toTransitionConfigs(transitions, places),
    ]),
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

/**
 * Formats a target as in source code: a sibling's key, a child's key after a dot, or `#` and an id.
 * XState treats a dot as a path separator, unless a backslash precedes it.
 */
function formatTarget(source: string, target: string, places: Map<string, Place>): string {
  const [from, to] = [places.get(source), places.get(target)]
  if (!to?.parent || !isPathStart(to.state.key)) return formatIdTarget(target, places)
  const key = escapePath(to.state.key)
  if (to.parent === from?.parent) return key
  // XState prepends the source's own key to a child's, without escaping it.
  const isBelow = to.parent === from?.state && (!from.parent || isPlain(from.state.key))
  return isBelow ? `.${key}` : formatIdTarget(target, places)
}

/** Formats `#` and an id. A path whose keys contain no dots needs no backslashes. */
function formatIdTarget(id: string, places: Map<string, Place>): string {
  return isPlain(id) || isPlainPath(id, places) ? `#${id}` : `#${escapePath(id)}`
}

function isPlainPath(id: string, places: Map<string, Place>): boolean {
  const { state, parent } = places.get(id) ?? {}
  if (!state || !parent) return isPlain(id)
  return isPlain(state.key) && id === `${parent.id}.${state.key}` && isPlainPath(parent.id, places)
}

const isPathStart = (key: string) => key !== '' && !key.startsWith('#')
const isPlain = (key: string) => isPathStart(key) && !/[.\\]/.test(key)
const escapePath = (key: string) => key.replace(/[.\\]/g, '\\$&')

function toGuardConfig(guard: ChartGuard): Json {
  if (guard.kind !== 'named') return formatGuard(guard)
  return toNamedConfig(guard)
}

function toActionConfig(action: ChartAction): Json {
  return toNamedConfig(action)
}

/** Leaves out computed params, because JSON can't represent functions. */
function toNamedConfig({ name, params }: ChartAction): Json {
  return params === null || params === 'computed' ? name : { type: name, params }
}

/** Omits empty values. The `{}` of a forbidden transition stays. */
function omitEmpty(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/**
 * Lists what JSON can't represent, one sentence each: code, which becomes a name, and computed
 * params, which are left out.
 */
export function listJsonLosses({ root, transitions }: Chart): string[] {
  const stateLosses = listStates(root).flatMap(({ id, entry, exit, invokes, initial }) => [
    ...[...entry, ...exit, ...(initial?.actions ?? [])].flatMap((action) =>
      describeAction(action, id),
    ),
    ...invokes
      .filter(({ src }) => src === null)
      .map((invoke) => describeCode(id, `the actor ${invoke.id}`, inlineActor)),
  ])
  const transitionLosses = transitions.flatMap(({ source, label, guard, actions }) => {
    const place = `${source}, on ${label}`
    return [
      ...(guard ? describeGuard(guard, place) : []),
      ...actions.flatMap((action) => describeAction(action, place)),
    ]
  })
  return [...stateLosses, ...transitionLosses]
}

function describeAction({ name, params }: ChartAction, place: string): string[] {
  if (name === 'inline action') return [describeCode(place, 'an action', name)]
  return params === 'computed' ? [describeComputed(place, `action ${name}`)] : []
}

function describeGuard(guard: ChartGuard, place: string): string[] {
  if (guard.kind !== 'named') return [describeCode(place, 'the guard', formatGuard(guard))]
  return guard.params === 'computed' ? [describeComputed(place, `guard ${guard.name}`)] : []
}

const describeCode = (place: string, what: string, name: string) =>
  `${place}: ${what} is inline code; only the name “${name}” is exported.`

const describeComputed = (place: string, what: string) =>
  `${place}: the computed params of the ${what} are omitted.`
