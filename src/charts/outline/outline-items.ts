import { groupBy } from '#shared/groups.ts'
import type { Chart, ChartState, ChartTransition } from '../chart.ts'
import { shortName } from '../chart-parts.ts'
import { kindLabel } from '../components/item-words.ts'

/** A line of the outline: a state, or a transition below the state that it leaves. */
export type OutlineItem = { id: string; level: number; parentId: string | null } & (
  | StateLine
  | { kind: 'transition'; transition: ChartTransition }
)

interface StateLine {
  kind: 'state'
  state: ChartState
  /** Where a person must know it to read the lines around it: what kind of state it is, and that it is entered first. */
  remarks: string[]
  /** Null where nothing is below it. */
  isOpen: boolean | null
}

/** The lines of a chart's outline that can be seen, from top to bottom. */
export function outlineOf(chart: Chart, closed: ReadonlySet<string>): OutlineItem[] {
  const bySource = groupBy(chart.transitions, ({ source }) => source)
  const below = (state: ChartState, level: number, parent: ChartState | null): OutlineItem[] => {
    const place = { id: state.id, level, parentId: parent?.id ?? null }
    const leaving = bySource.get(state.id) ?? []
    const isOpen = leaving.length + state.states.length === 0 ? null : !closed.has(state.id)
    const remarks = remarksOn(state, parent)
    const line: OutlineItem = { ...place, kind: 'state', state, remarks, isOpen }
    if (!isOpen) return [line]
    const transitions = leaving.map(
      (transition): OutlineItem => ({
        ...{ id: transition.id, level: level + 1, parentId: state.id },
        ...{ kind: 'transition', transition },
      }),
    )
    return [
      line,
      ...transitions,
      ...state.states.flatMap((child) => below(child, level + 1, state)),
    ]
  }
  return below(chart.root, 1, null)
}

function remarksOn(state: ChartState, parent: ChartState | null): string[] {
  const kind = state.kind === 'compound' ? '' : kindLabel(state)
  const initial = parent?.initial?.target === state.id ? 'initial' : ''
  return [kind, initial].filter((remark) => remark !== '')
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
  if (item.kind === 'state') return openOrClose(item)
  const [target] = item.transition.targets
  return target === undefined ? null : { follow: target }
}

function openOrClose({ id, isOpen }: { id: string; isOpen: boolean | null }): OutlineMove | null {
  if (isOpen === null) return null
  return isOpen ? { close: id } : { open: id }
}

function inwards(item: OutlineItem, next: OutlineItem | undefined): OutlineMove | null {
  if (item.kind === 'transition') return follow(item)
  if (item.isOpen === false) return { open: item.id }
  return next?.parentId === item.id ? { to: next.id } : null
}

function outwards(item: OutlineItem): OutlineMove | null {
  const canClose = item.kind === 'state' && item.isOpen === true && item.state.states.length > 0
  if (canClose) return { close: item.id }
  return item.parentId === null ? null : { to: item.parentId }
}

/** A transition in one sentence, for a line of the outline. */
export function targetsLabel({ targets }: ChartTransition): string {
  if (targets.length === 0) return 'stays'
  return `→ ${targets.map(shortName).join(', ')}`
}
