import type { Chart, ChartAction, ChartState, ChartTransition } from '../chart.ts'
import { formatCall, formatCondition, joinConditions } from './scxml-conditions.ts'
import { matchEvent, quote, sortByEvent } from './scxml-events.ts'
import { findStateLosses, findTransitionLosses, isIdle } from './scxml-losses.ts'
import {
  canHaveTransitions,
  endsMachine,
  hasChildren,
  nameForScxml,
  type ScxmlNames,
} from './scxml-names.ts'
import { listPrecedence } from './scxml-precedence.ts'
import { findTargets } from './scxml-targets.ts'
import { createComment, createElement, type Element, escapeNmtoken, renderXml } from './xml.ts'

/**
 * Converts a chart to SCXML (https://www.w3.org/TR/scxml/) that behaves as in XState. Actions and
 * guards become function calls. An `after` becomes an event that the state sends to itself and
 * cancels on exit. What SCXML can't express becomes a comment that starts with `Lost:`, and is
 * listed by `listScxmlLosses`.
 */
export function toScxml(chart: Chart): string {
  const names = nameForScxml(chart)
  const { root } = chart
  const finals = root.states.filter((state) => endsMachine(state, names))
  const start = finals.find(({ id }) => id === root.initial?.target) ?? root
  const attributes = {
    xmlns: 'http://www.w3.org/2005/07/scxml',
    version: '1.0',
    datamodel: 'ecmascript',
    name: escapeNmtoken(chart.machineId),
    initial: names.getStateId(start.id),
  }
  const document = createElement('scxml', attributes, [
    createState(root, names),
    // Only a final state at the top level ends the document.
    ...finals.map((final) => createState(final, names)),
    ...(findEndCondition(root, names) ? [createElement('final', { id: names.end })] : []),
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderXml(document)}`
}

function createState(state: ChartState, names: ScxmlNames): Element {
  if (state.kind === 'history') return createHistory(state, names)
  const own = names.chart.transitions.filter(({ source }) => source === state.id)
  const hasBehaviour = canHaveTransitions(state, names)
  const delayed = own.filter(({ kind, index }) => hasBehaviour && kind === 'after' && index === 0)
  return createElement(findElementName(state, names), { id: names.getStateId(state.id) }, [
    ...createComment(state.description),
    ...findStateLosses(state, names).flatMap(createLoss),
    ...createInitial(state, names),
    ...createHandlers('onentry', [
      ...delayed.map((transition) => createSend(transition, names)),
      ...state.entry.map(createScript),
    ]),
    ...createHandlers('onexit', [
      ...state.exit.map(createScript),
      ...delayed.map(({ source, event }) =>
        createElement('cancel', { sendid: names.events.getDelayEvent(source, event) }),
      ),
    ]),
    ...(hasBehaviour ? createBehaviour(state, own, names) : []),
    ...createChildren(state, names),
  ])
}

function findElementName(state: ChartState, names: ScxmlNames): string {
  if (!canHaveTransitions(state, names)) return 'final'
  return state.kind === 'parallel' && hasChildren(state, names) ? 'parallel' : 'state'
}

function createBehaviour(
  { id, invokes }: ChartState,
  own: ChartTransition[],
  names: ScxmlNames,
): Element[] {
  return [
    ...invokes.map((invoke) =>
      createElement('invoke', {
        id: names.getInvokeId(id, invoke.id),
        type: 'xstate',
        src: invoke.src ?? 'inline',
      }),
    ),
    ...createEnd(id, names),
    ...sortByEvent(own).flatMap((transition) =>
      isIdle(transition)
        ? findTransitionLosses(transition, names).flatMap(createLoss)
        : [createTransition(transition, names)],
    ),
  ]
}

function createChildren(state: ChartState, names: ScxmlNames): Element[] {
  // SCXML has no final regions, so the region contains a final state.
  if (state.kind === 'final' && canHaveTransitions(state, names)) {
    return [createElement('final', { id: names.getInnerFinalId(state.id) })]
  }
  return state.states
    .filter((child) => !endsMachine(child, names))
    .map((child) => createState(child, names))
}

/** Ends the document when all regions of the root are done, before anything else happens. */
function createEnd(id: string, names: ScxmlNames): Element[] {
  const { root } = names.chart
  const condition = id === root.id ? findEndCondition(root, names) : null
  return condition ? [createElement('transition', { cond: condition, target: names.end })] : []
}

function findEndCondition(root: ChartState, names: ScxmlNames): string | null {
  return root.kind === 'parallel' && root.states.length > 0 ? formatDone(root, names) : null
}

/** Formats the condition for a state to be done; null if it never is. */
function formatDone(state: ChartState, names: ScxmlNames): string | null {
  if (state.kind === 'final') return formatInPredicate(names.getInnerFinalId(state.id))
  const regions = state.states.filter(({ kind }) => kind !== 'history')
  if (state.kind === 'parallel') {
    const conditions = regions.map((region) => formatDone(region, names))
    return conditions.includes(null) ? null : (joinConditions(conditions) ?? null)
  }
  const finals = regions.filter(({ kind }) => kind === 'final')
  return finals.map(({ id }) => formatInPredicate(names.getStateId(id))).join(' || ') || null
}

const formatInPredicate = (xmlId: string) => `In(${quote(xmlId)})`

function createInitial({ initial }: ChartState, names: ScxmlNames): Element[] {
  if (!initial || endsMachine(names.findState(initial.target), names)) return []
  const transition = createElement('transition', { target: names.getStateId(initial.target) }, [
    ...initial.actions.map(createScript),
  ])
  return [createElement('initial', {}, [transition])]
}

// SCXML requires a default transition. Without one, XState enters the parent's initial state.
function createHistory({ id, history }: ChartState, names: ScxmlNames): Element {
  const given = names.chart.transitions.find(({ source }) => source === id)
  const parent = names.findParent(id)
  const regions = parent?.states.filter(({ kind }) => kind !== 'history').map(({ id }) => id)
  const targets = given?.targets ?? (parent?.initial ? [parent.initial.target] : (regions ?? []))
  return createElement('history', { id: names.getStateId(id), type: history ?? 'shallow' }, [
    createElement('transition', { target: targets.map(names.getStateId).join(' ') }),
  ])
}

function createTransition(transition: ChartTransition, names: ScxmlNames): Element {
  const { guard, actions, description } = transition
  const { targets, isInternal } = findTargets(transition, names)
  const match = matchEvent(transition, names.events)
  const condition = joinConditions([
    match?.condition ?? null,
    ...listPrecedence(transition, names),
    guard && formatGuard(transition, names),
  ])
  const target = targets.map(names.getStateId).join(' ')
  return createElement(
    'transition',
    {
      event: match?.descriptors,
      // A transition without an event or target needs a condition.
      cond: condition ?? (match || target ? undefined : 'true'),
      target: target || undefined,
      type: isInternal ? 'internal' : undefined,
    },
    [
      ...createComment(description),
      ...findTransitionLosses(transition, names).flatMap(createLoss),
      ...actions.map(createScript),
    ],
  )
}

function formatGuard({ guard, kind, targets }: ChartTransition, names: ScxmlNames): string | null {
  if (kind !== 'route') {
    return guard && formatCondition(guard, names.chart.root, names.getStateId)
  }
  const route = `_event.data.to === ${quote(`#${targets[0]}`)}`
  const added = guard?.kind === 'and' ? (guard.guards[1] ?? null) : null
  return (
    joinConditions([route, added && formatCondition(added, names.chart.root, names.getStateId)]) ??
    null
  )
}

function createSend({ source, event, delay }: ChartTransition, names: ScxmlNames): Element {
  const milliseconds = delay?.milliseconds ?? null
  const wait =
    milliseconds === null
      ? { delayexpr: formatCall({ name: delay?.name ?? '', params: null }) }
      : { delay: `${String(milliseconds)}ms` }
  const name = names.events.getDelayEvent(source, event)
  return createElement('send', { id: name, event: name, ...wait })
}

function createHandlers(name: 'onentry' | 'onexit', content: Element[]): Element[] {
  return content.length === 0 ? [] : [createElement(name, {}, content)]
}

const createScript = (action: ChartAction) => createElement('script', {}, [formatCall(action)])

const createLoss = (loss: string) => createComment(`Lost: ${loss}`)
