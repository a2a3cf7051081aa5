import {
  type Chart,
  type ChartAction,
  type ChartGuard,
  type ChartState,
  type ChartTransition,
  type Json,
  statesOf,
} from '../chart.ts'
import { type Element, element, remark, xmlOf } from './xml.ts'

/**
 * A chart as SCXML (https://www.w3.org/TR/scxml/). Actions and guards are calls of functions by their names;
 * an `after` is an event that a state sends to itself and takes back when it is left.
 */
export function scxmlOf(chart: Chart): string {
  const ids = new Map(statesOf(chart.root).map(({ id }) => [id, identifier(id)]))
  const head = { xmlns: 'http://www.w3.org/2005/07/scxml', version: '1.0', datamodel: 'ecmascript' }
  const root = stateElement(chart.root, chart, ids)
  const attributes = { ...head, name: chart.machineId, initial: ids.get(chart.root.id) }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOf(element('scxml', attributes, [root]))}`
}

type Ids = ReadonlyMap<string, string>

function stateElement(state: ChartState, chart: Chart, ids: Ids): Element {
  const own = chart.transitions.filter(({ source }) => source === state.id)
  const id = ids.get(state.id)
  if (state.kind === 'history') return historyElement(state, own, chart, ids)
  const names = { final: 'final', parallel: 'parallel', atomic: 'state', compound: 'state' }
  const delayed = own.filter(({ kind, index }) => kind === 'after' && index === 0)
  return element(names[state.kind], { id }, [
    ...remark(state.description),
    ...initialElements(state, ids),
    ...effects('onentry', [
      ...delayed.map((transition) => sendElement(transition)),
      ...state.entry.map(scriptElement),
    ]),
    ...effects('onexit', [
      ...state.exit.map(scriptElement),
      ...delayed.map(({ event }) => element('cancel', { sendid: event })),
    ]),
    ...state.invokes.map(({ id: invokeId, src }) =>
      element('invoke', { id: invokeId, type: 'xstate', src: src ?? 'inline' }),
    ),
    ...own.map((transition) => transitionElement(transition, ids)),
    ...state.states.map((child) => stateElement(child, chart, ids)),
  ])
}

function initialElements({ initial }: ChartState, ids: Ids): Element[] {
  if (!initial) return []
  const transition = element('transition', { target: ids.get(initial.target) }, [
    ...initial.actions.map(scriptElement),
  ])
  return [element('initial', {}, [transition])]
}

// SCXML asks for a default; where the machine names none, XState enters the parent's initial state.
function historyElement(
  { id, history }: ChartState,
  [preset]: ChartTransition[],
  chart: Chart,
  ids: Ids,
): Element {
  const parent = statesOf(chart.root).find(({ states }) => states.some((one) => one.id === id))
  const regions = parent?.states.filter(({ kind }) => kind !== 'history').map((one) => one.id)
  const targets = preset?.targets ?? (parent?.initial ? [parent.initial.target] : (regions ?? []))
  const target = targets.map((one) => ids.get(one) ?? one).join(' ')
  return element('history', { id: ids.get(id), type: history ?? 'shallow' }, [
    element('transition', { target }),
  ])
}

function transitionElement(transition: ChartTransition, ids: Ids): Element {
  const { targets, guard, actions, description, reenter } = transition
  const target = targets.map((one) => ids.get(one) ?? one).join(' ')
  return element(
    'transition',
    {
      event: eventName(transition, ids) || undefined,
      cond: guard ? condition(guard) : undefined,
      target: target || undefined,
      type: target !== '' && !reenter ? 'internal' : undefined,
    },
    [...remark(description), ...actions.map(scriptElement)],
  )
}

function eventName({ kind, event, invokeId, source }: ChartTransition, ids: Ids): string {
  if (kind === 'done') return `done.invoke.${invokeId}`
  if (kind === 'error') return `error.platform.${invokeId}`
  if (kind === 'snapshot') return `snapshot.${invokeId}`
  return kind === 'completed' ? `done.state.${ids.get(source)}` : event
}

function sendElement({ event, delay }: ChartTransition): Element {
  const milliseconds = delay?.milliseconds ?? null
  const wait =
    milliseconds === null
      ? { delayexpr: call(delay?.name ?? '') }
      : { delay: `${String(milliseconds)}ms` }
  return element('send', { id: event, event, ...wait })
}

function effects(name: 'onentry' | 'onexit', content: Element[]): Element[] {
  return content.length === 0 ? [] : [element(name, {}, content)]
}

function scriptElement({ name, params }: ChartAction): Element {
  return element('script', {}, [call(name, params)])
}

function condition(guard: ChartGuard): string {
  if (guard.kind === 'named') return call(guard.name, guard.params)
  if (guard.kind === 'stateIn') return call('In', guard.state)
  if (guard.kind === 'inline') return call('inline guard')
  if (guard.kind === 'not') return `!(${condition(guard.guard)})`
  return guard.guards
    .map((part) => `(${condition(part)})`)
    .join(guard.kind === 'and' ? ' && ' : ' || ')
}

function call(name: string, params: Json = null): string {
  const callee = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : `this[${JSON.stringify(name)}]`
  return `${callee}(${params === null ? '' : JSON.stringify(params)})`
}

/** An id that XML allows; signs that it doesn't stand as their code. */
function identifier(id: string): string {
  const allowed = id.replace(
    /[^\p{L}\p{N}._-]/gu,
    (sign) => `_x${sign.codePointAt(0)?.toString(16)}_`,
  )
  return /^[\p{L}_]/u.test(allowed) ? allowed : `_${allowed}`
}
