import { type Chart, type ChartState, listStates } from './chart.ts'
import { formatAction, formatGuard } from './labels.ts'

export interface SearchResult {
  id: string
  kind: 'state' | 'transition'
  title: string
  /** The id of the state that contains it. */
  parentId: string
}

/** Finds states, then transitions, whose texts contain the query; case-insensitive. */
export function searchChart(chart: Chart, search: string): SearchResult[] {
  const query = search.trim().toLowerCase()
  if (query === '') return []
  const includesQuery = (texts: string[]) =>
    texts.some((text) => text.toLowerCase().includes(query))
  const states = listStates(chart.root)
    .filter(({ key, tags, description }) => includesQuery([key, description, ...tags]))
    .map(({ id, key }) => ({ id, kind: 'state' as const, title: key, parentId: toParentId(id) }))
  const transitions = chart.transitions
    .filter(({ label, description, guard, actions }) =>
      includesQuery([
        label,
        description,
        guard ? formatGuard(guard) : '',
        ...actions.map(formatAction),
      ]),
    )
    .map(({ id, label, source }) => ({
      id,
      kind: 'transition' as const,
      title: label,
      parentId: source,
    }))
  return [...states, ...transitions]
}

function toParentId(id: string): string {
  return id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : ''
}

/** Lists the ancestors of a state from the root down; empty for the root and for unknown ids. */
export function listAncestors(root: ChartState, id: string): ChartState[] {
  for (const child of root.states) {
    if (child.id === id) return [root]
    const ancestors = listAncestors(child, id)
    if (ancestors.length > 0) return [root, ...ancestors]
  }
  return []
}
