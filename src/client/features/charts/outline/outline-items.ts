import { groupBy } from '../../../../shared/groups.ts'
import type { Chart, ChartState, ChartTransition } from '../chart.ts'

/** A line of the outline: a state, or a transition below the state that it leaves. */
export type OutlineItem = { id: string; level: number; parentId: string | null } & (
  | { kind: 'state'; state: ChartState; isOpen: boolean }
  | { kind: 'transition'; transition: ChartTransition }
)

/** The lines of a chart's outline that can be seen, from top to bottom. */
export function outlineOf(chart: Chart, closed: ReadonlySet<string>): OutlineItem[] {
  const bySource = groupBy(chart.transitions, ({ source }) => source)
  const below = (state: ChartState, level: number, parentId: string | null): OutlineItem[] => {
    const isOpen = !closed.has(state.id)
    const line: OutlineItem = { id: state.id, level, parentId, kind: 'state', state, isOpen }
    if (!isOpen) return [line]
    const transitions = (bySource.get(state.id) ?? []).map(
      (transition): OutlineItem => ({
        ...{ id: transition.id, level: level + 1, parentId: state.id },
        ...{ kind: 'transition', transition },
      }),
    )
    return [
      line,
      ...transitions,
      ...state.states.flatMap((child) => below(child, level + 1, state.id)),
    ]
  }
  return below(chart.root, 1, null)
}

export type OutlineMove = { to: string } | { open: string } | { close: string } | { follow: string }

/** What a key does on a line: it goes to another line, opens or closes a state, or follows a transition. */
export function moveBy(key: string, items: OutlineItem[], id: string | null): OutlineMove | null {
  const at = Math.max(
    0,
    items.findIndex((item) => item.id === id),
  )
  const item = items[at]
  if (!item) return null
  const to = (other: OutlineItem | undefined) => (other ? { to: other.id } : null)
  if (key === 'ArrowDown') return to(items[at + 1])
  if (key === 'ArrowUp') return to(items[at - 1])
  if (key === 'Home') return to(items[0])
  if (key === 'End') return to(items.at(-1))
  if (key === 'Enter' || key === ' ') return follow(item)
  if (key === 'ArrowRight') return inwards(item, items[at + 1])
  return key === 'ArrowLeft' ? outwards(item) : null
}

function follow(item: OutlineItem): OutlineMove | null {
  if (item.kind === 'state') return item.isOpen ? { close: item.id } : { open: item.id }
  const [target] = item.transition.targets
  return target === undefined ? null : { follow: target }
}

function inwards(item: OutlineItem, next: OutlineItem | undefined): OutlineMove | null {
  if (item.kind === 'transition') return follow(item)
  if (!item.isOpen) return { open: item.id }
  return next?.parentId === item.id ? { to: next.id } : null
}

function outwards(item: OutlineItem): OutlineMove | null {
  const canClose = item.kind === 'state' && item.isOpen && item.state.states.length > 0
  if (canClose) return { close: item.id }
  return item.parentId === null ? null : { to: item.parentId }
}

/** A transition in one sentence, for a line of the outline. */
export function targetsLabel({ targets }: ChartTransition): string {
  if (targets.length === 0) return 'stays'
  return `→ ${targets.map((id) => id.slice(id.lastIndexOf('.') + 1)).join(', ')}`
}
