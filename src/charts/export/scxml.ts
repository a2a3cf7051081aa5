import {
  type Chart,
  type ChartAction,
  type ChartGuard,
  type ChartState,
  type ChartTransition,
  listStates,
} from '../chart.ts'
import type { Json } from '../json.ts'
import { createComment, createElement, type Element, renderXml } from './xml.ts'

/**
 * Converts a chart to SCXML (https://www.w3.org/TR/scxml/). Actions and guards become function calls. An
 * `after` becomes an event that the state sends to itself and cancels on exit.
 */
export function toScxml(chart: Chart): string {
  const ids = new Map(listStates(chart.root).map(({ id }) => [id, escapeId(id)]))
  const head = { xmlns: 'http://www.w3.org/2005/07/scxml', version: '1.0', datamodel: 'ecmascript' }
  const root = createState(chart.root, chart, ids)
  const attributes = { ...head, name: chart.machineId, initial: ids.get(chart.root.id) }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderXml(createElement('scxml', attributes, [root]))}`
}

type Ids = ReadonlyMap<string, string>

function createState(state: ChartState, chart: Chart, ids: Ids): Element {
  const own = chart.transitions.filter(({ source }) => source === state.id)
  const id = ids.get(state.id)
  if (state.kind === 'history') return createHistory(state, own, chart, ids)
  const names = { final: 'final', parallel: 'parallel', atomic: 'state', compound: 'state' }
  const delayed = own.filter(({ kind, index }) => kind === 'after' && index === 0)
  return createElement(names[state.kind], { id }, [
    ...createComment(state.description),
    ...createInitial(state, ids),
    ...createHandlers('onentry', [
      ...delayed.map((transition) => createSend(transition)),
      ...state.entry.map(createScript),
    ]),
    ...createHandlers('onexit', [
      ...state.exit.map(createScript),
      ...delayed.map(({ event }) => createElement('cancel', { sendid: event })),
    ]),
    ...state.invokes.map(({ id: invokeId, src }) =>
      createElement('invoke', { id: invokeId, type: 'xstate', src: src ?? 'inline' }),
    ),
    ...own.map((transition) => createTransition(transition, ids)),
    ...state.states.map((child) => createState(child, chart, ids)),
  ])
}

function createInitial({ initial }: ChartState, ids: Ids): Element[] {
  if (!initial) return []
  const transition = createElement('transition', { target: ids.get(initial.target) }, [
    ...initial.actions.map(createScript),
  ])
  return [createElement('initial', {}, [transition])]
}

// SCXML requires a default. Without one, XState enters the initial state of the parent.
function createHistory(
  { id, history }: ChartState,
  [defaultTransition]: ChartTransition[],
  chart: Chart,
  ids: Ids,
): Element {
  const parent = listStates(chart.root).find(({ states }) => states.some((one) => one.id === id))
  const regions = parent?.states.filter(({ kind }) => kind !== 'history').map((one) => one.id)
  const targets =
    defaultTransition?.targets ?? (parent?.initial ? [parent.initial.target] : (regions ?? []))
  const target = targets.map((one) => ids.get(one) ?? one).join(' ')
  return createElement('history', { id: ids.get(id), type: history ?? 'shallow' }, [
    createElement('transition', { target }),
  ])
}

function createTransition(transition: ChartTransition, ids: Ids): Element {
  const { targets, guard, actions, description, reenter } = transition
  const target = targets.map((one) => ids.get(one) ?? one).join(' ')
  return createElement(
    'transition',
    {
      event: formatEventName(transition, ids) || undefined,
      cond: guard ? formatCondition(guard) : undefined,
      target: target || undefined,
      type: target !== '' && !reenter ? 'internal' : undefined,
    },
    [...createComment(description), ...actions.map(createScript)],
  )
}

function formatEventName({ kind, event, invokeId, source }: ChartTransition, ids: Ids): string {
  if (kind === 'done') return `done.invoke.${invokeId}`
  if (kind === 'error') return `error.platform.${invokeId}`
  if (kind === 'snapshot') return `snapshot.${invokeId}`
  return kind === 'completed' ? `done.state.${ids.get(source)}` : event
}

function createSend({ event, delay }: ChartTransition): Element {
  const milliseconds = delay?.milliseconds ?? null
  const wait =
    milliseconds === null
      ? { delayexpr: formatCall(delay?.name ?? '') }
      : { delay: `${String(milliseconds)}ms` }
  return createElement('send', { id: event, event, ...wait })
}

function createHandlers(name: 'onentry' | 'onexit', content: Element[]): Element[] {
  return content.length === 0 ? [] : [createElement(name, {}, content)]
}

function createScript({ name, params }: ChartAction): Element {
  return createElement('script', {}, [formatCall(name, params)])
}

function formatCondition(guard: ChartGuard): string {
  if (guard.kind === 'named') return formatCall(guard.name, guard.params)
  if (guard.kind === 'stateIn') return formatCall('In', guard.state)
  if (guard.kind === 'inline') return formatCall('inline guard')
  if (guard.kind === 'not') return `!(${formatCondition(guard.guard)})`
  return guard.guards
    .map((part) => `(${formatCondition(part)})`)
    .join(guard.kind === 'and' ? ' && ' : ' || ')
}

function formatCall(name: string, params: Json = null): string {
  const callee = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : `this[${JSON.stringify(name)}]`
  return `${callee}(${params === null ? '' : JSON.stringify(params)})`
}

/** Escapes the characters that an XML id can't have, by their codes. */
function escapeId(id: string): string {
  const allowed = id.replace(
    /[^\p{L}\p{N}._-]/gu,
    (character) => `_x${character.codePointAt(0)?.toString(16)}_`,
  )
  return /^[\p{L}_]/u.test(allowed) ? allowed : `_${allowed}`
}
