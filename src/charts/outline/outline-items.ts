import { groupBy } from '#shared/groups.ts'
import type { Chart, ChartState, ChartTransition } from '../chart.ts'
import { formatKind } from '../components/item-details.ts'
import { formatGuard, formatStates } from '../labels.ts'

/** A line of the outline: a state, or a transition below its source. */
export type OutlineItem = StateItem | TransitionItem

export interface StateItem {
  kind: 'state'
  id: string
  state: ChartState
  /** Its kind, unless ordinary, and whether it is the initial state. */
  remarks: string[]
  children: OutlineItem[]
}

export interface TransitionItem {
  kind: 'transition'
  id: string
  transition: ChartTransition
  children: []
}

/** Builds the outline of a chart: the root state, with its transitions and states below it. */
export function buildOutline({ root, transitions }: Chart): StateItem {
  const bySource = groupBy(transitions, ({ source }) => source)
  const build = (state: ChartState, isInitial: boolean): StateItem => ({
    kind: 'state',
    id: state.id,
    state,
    remarks: listRemarks(state, isInitial),
    children: [
      ...(bySource.get(state.id) ?? []).map(toTransitionItem),
      ...state.states.map((child) => build(child, child.id === state.initial?.target)),
    ],
  })
  return build(root, false)
}

function toTransitionItem(transition: ChartTransition): TransitionItem {
  return { kind: 'transition', id: transition.id, transition, children: [] }
}

function listRemarks(state: ChartState, isInitial: boolean): string[] {
  const kind = state.kind === 'compound' ? '' : formatKind(state)
  return [kind, isInitial ? 'initial' : ''].filter((remark) => remark !== '')
}

/** Lists the ids of the items with children below them. */
export function listParentIds(item: OutlineItem): string[] {
  return item.children.length === 0 ? [] : [item.id, ...item.children.flatMap(listParentIds)]
}

/** Formats an item in one line, such as `video.retry if canRetry → linking`. */
export function formatItem(item: OutlineItem): string {
  if (item.kind === 'state')
    return [item.state.key, item.remarks.join(', ')].filter(Boolean).join(' · ')
  const { label, guard } = item.transition
  const condition = guard ? ` if ${formatGuard(guard)}` : ''
  return `${label}${condition} ${formatTargets(item.transition)}`
}

/** Formats the targets of a transition, such as `→ linking`. */
export function formatTargets({ targets }: ChartTransition): string {
  return targets.length === 0 ? 'stays' : `→ ${formatStates(targets)}`
}
