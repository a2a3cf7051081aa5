import { useState } from 'react'
import type { Chart } from './chart.ts'
import { listAncestors } from './search.ts'

/** Holds the states that are collapsed in the picture. */
export function useCollapsedStates(chart: Chart) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const outermost = chart.root.states.filter(({ states }) => states.length > 0).map(({ id }) => id)
  const isOverview = outermost.length > 0 && outermost.every((id) => collapsed.has(id))
  const expand = (ids: readonly string[]) =>
    setCollapsed(new Set([...collapsed].filter((id) => !ids.includes(id))))
  return {
    collapsed,
    toggle: (id: string) =>
      collapsed.has(id) ? expand([id]) : setCollapsed(new Set([...collapsed, id])),
    /** Expands the states that hide a state or a transition. */
    reveal: (id: string) => {
      const hiding = listAncestors(chart.root, id).filter((ancestor) => collapsed.has(ancestor.id))
      if (hiding.length > 0) expand(hiding.map((ancestor) => ancestor.id))
    },
    /** Whether all outermost states are collapsed; null if none has states inside. */
    isOverview: outermost.length > 0 ? isOverview : null,
    /** Collapses the outermost states, or expands all. */
    toggleOverview: () => setCollapsed(new Set(isOverview ? [] : outermost)),
  }
}
