import { type Chart, type ChartState, statesOf } from './chart.ts'
import { actionLabel, guardLabel } from './chart-parts.ts'

/** One thing that a search found on a chart. */
export interface Found {
  id: string
  kind: 'state' | 'transition'
  title: string
  where: string
}

/** States and transitions whose words hold what was typed; states first. */
export function searchChart(chart: Chart, typed: string): Found[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  const states = statesOf(chart.root)
    .filter(({ key, tags, description }) => holds(wanted, [key, description, ...tags]))
    .map(({ id, key }): Found => ({ id, kind: 'state', title: key, where: parentPath(id) }))
  const transitions = chart.transitions
    .filter(({ label, description, guard, actions }) =>
      holds(wanted, [
        ...[label, description, guard ? guardLabel(guard) : ''],
        ...actions.map(actionLabel),
      ]),
    )
    .map(
      ({ id, label, source }): Found => ({ id, kind: 'transition', title: label, where: source }),
    )
  return [...states, ...transitions]
}

function holds(wanted: string, texts: string[]): boolean {
  return texts.some((text) => text.toLowerCase().includes(wanted))
}

function parentPath(id: string): string {
  return id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : ''
}

/** The states that hold a state, from the outermost on. */
export function ancestorsIn(root: ChartState, id: string): ChartState[] {
  for (const child of root.states) {
    if (child.id === id) return [root]
    const below = ancestorsIn(child, id)
    if (below.length > 0) return [root, ...below]
  }
  return []
}
