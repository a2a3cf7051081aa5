import type { ChartState, ChartTransition } from '../chart.ts'
import { endsMachine, hasChildren, isSameOrWithin, type ScxmlNames } from './scxml-names.ts'

/** Where a transition leads in SCXML. */
export interface ScxmlTargets {
  /** Ids in XState; empty for a transition that stays where it is. */
  targets: string[]
  isInternal: boolean
  /** What SCXML exits and enters beyond XState. */
  alsoReentered: ChartState[]
}

/**
 * Finds the targets with which SCXML does what XState does. XState stays in the source, unless a
 * transition leads outside or reenters: for its own source as the target, that means to enter its
 * initial state. In SCXML only a compound state can be stayed in.
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

/** The states below a target that is the source itself: those that its entry leads to. */
function listEntered(id: string, source: ChartState): string[] {
  if (id !== source.id) return [id]
  if (source.kind === 'compound') return source.initial ? [source.initial.target] : []
  if (source.kind !== 'parallel') return []
  return source.states.filter(({ kind }) => kind !== 'history').map((region) => region.id)
}

/** The innermost state around all of these; null where one of them is the root. */
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
 * SCXML exits all that is below the next compound state; XState stays in a parallel one, and in the
 * root.
 */
function listReentered(domain: ChartState | null, names: ScxmlNames): ChartState[] {
  if (!domain) return [names.chart.root]
  if (domain.kind === 'compound') return []
  const parent = names.findParent(domain.id)
  return parent ? [domain, ...listReentered(parent, names)] : [domain]
}

/** Whether it makes a difference that a state is exited and entered. */
const isNoticed =
  ({ chart, findParent }: ScxmlNames) =>
  ({ id, entry, exit, invokes, states }: ChartState): boolean => {
    const hasTimer = chart.transitions.some((one) => one.source === id && one.kind === 'after')
    const hasHistory = states.some(({ kind }) => kind === 'history')
    const isRegion = findParent(id)?.kind === 'parallel'
    return entry.length + exit.length + invokes.length > 0 || hasTimer || hasHistory || isRegion
  }
