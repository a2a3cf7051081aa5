import type { ChartState, ChartTransition } from '../chart.ts'
import { endsMachine, hasChildren, isSameOrWithin, type ScxmlNames } from './scxml-names.ts'

/** Where a transition leads in SCXML. */
export interface ScxmlTargets {
  /** XState ids; empty for a transition that changes no state. */
  targets: string[]
  isInternal: boolean
  /** The states that SCXML exits and enters but XState does not. */
  alsoReentered: ChartState[]
}

/**
 * Finds the targets that make SCXML do what XState does. XState stays in the source unless a
 * transition leads outside or reenters; a transition that targets its own source then enters its
 * initial state. SCXML can only stay in compound states.
 */
export function findTargets(transition: ChartTransition, names: ScxmlNames): ScxmlTargets {
  const { source, targets, reenter } = transition
  if (targets.length === 0) return { targets, isInternal: false, alsoReentered: [] }
  const state = names.findState(source)
  const staysIn = !reenter && targets.every((id) => isSameOrWithin(id, source, names))
  const entered = staysIn ? targets.flatMap((id) => listEntered(id, state)) : targets
  const isEnd = entered.some((id) => endsMachine(names.findState(id), names))
  const isInternal =
    staysIn &&
    state.kind === 'compound' &&
    hasChildren(state, names) &&
    entered.length > 0 &&
    !isEnd
  if (entered.length === 0 || isInternal || isEnd) {
    return { targets: entered, isInternal, alsoReentered: [] }
  }
  const domain = staysIn ? state : findDomain([source, ...targets], names)
  const isRestart = reenter && source === names.chart.root.id
  const alsoReentered = isRestart ? [] : listReentered(domain, names)
  return { targets: entered, isInternal, alsoReentered: alsoReentered.filter(isNoticed(names)) }
}

/** Lists the states to enter for a target: for the source itself, those that its entry leads to. */
function listEntered(id: string, source: ChartState): string[] {
  if (id !== source.id) return [id]
  if (source.kind === 'compound') return source.initial ? [source.initial.target] : []
  if (source.kind !== 'parallel') return []
  return source.states.filter(({ kind }) => kind !== 'history').map((region) => region.id)
}

/** Finds the innermost state that contains all of these; null if one of them is the root. */
export function findDomain(
  [first = '', ...others]: string[],
  names: ScxmlNames,
): ChartState | null {
  let domain = names.findParent(first)
  while (domain && !others.every((id) => isInside(id, domain, names))) {
    domain = names.findParent(domain.id)
  }
  return domain
}

const isInside = (id: string, domain: ChartState | null, names: ScxmlNames) =>
  domain !== null && id !== domain.id && isSameOrWithin(id, domain.id, names)

/**
 * Lists the states that only SCXML exits: all up to the nearest compound state. XState stays in
 * parallel states and in the root.
 */
function listReentered(domain: ChartState | null, names: ScxmlNames): ChartState[] {
  if (!domain) return [names.chart.root]
  if (domain.kind === 'compound') return []
  const parent = names.findParent(domain.id)
  return parent ? [domain, ...listReentered(parent, names)] : [domain]
}

/** Whether exiting and entering a state makes a difference. */
const isNoticed =
  ({ chart, findParent }: ScxmlNames) =>
  ({ id, entry, exit, invokes, states }: ChartState): boolean => {
    const hasTimer = chart.transitions.some(
      (transition) => transition.source === id && transition.kind === 'after',
    )
    const hasHistory = states.some(({ kind }) => kind === 'history')
    const isRegion = findParent(id)?.kind === 'parallel'
    return entry.length + exit.length + invokes.length > 0 || hasTimer || hasHistory || isRegion
  }
