import { useState } from 'react'
import type { Chart } from './chart.ts'
import { ancestorsIn } from './search.ts'

/** The states that are closed in the picture. */
export function useCollapsedStates(chart: Chart) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const without = (ids: readonly string[]) =>
    setCollapsed(new Set([...collapsed].filter((one) => !ids.includes(one))))
  return {
    collapsed,
    toggle: (id: string) =>
      collapsed.has(id) ? without([id]) : setCollapsed(new Set([...collapsed, id])),
    /** Opens what hides a state or a transition. */
    reveal: (id: string) => {
      const hiding = ancestorsIn(chart.root, id).filter((outer) => collapsed.has(outer.id))
      if (hiding.length > 0) without(hiding.map((outer) => outer.id))
    },
  }
}
