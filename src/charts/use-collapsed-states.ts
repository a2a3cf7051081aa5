import { useState } from 'react'
import type { Chart } from './chart.ts'
import { listAncestors } from './search.ts'

/** The states that are collapsed in the picture. */
export function useCollapsedStates(chart: Chart) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const expand = (ids: readonly string[]) =>
    setCollapsed(new Set([...collapsed].filter((one) => !ids.includes(one))))
  return {
    collapsed,
    toggle: (id: string) =>
      collapsed.has(id) ? expand([id]) : setCollapsed(new Set([...collapsed, id])),
    /** Expands the states that hide a state or a transition. */
    reveal: (id: string) => {
      const hiding = listAncestors(chart.root, id).filter((ancestor) => collapsed.has(ancestor.id))
      if (hiding.length > 0) expand(hiding.map((ancestor) => ancestor.id))
    },
  }
}
