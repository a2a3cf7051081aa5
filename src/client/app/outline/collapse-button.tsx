import type { Chapter } from '#contract/chapters.ts'
import { Button } from '#ui/button.tsx'
import { useCollapsed } from '../../features/chapters/collapsed.store.ts'

/** Collapses all chapters, or expands them once all are collapsed. */
export function CollapseButton({ chapters }: { chapters: readonly Chapter[] }) {
  const ids = chapters.map(({ id }) => id)
  const areAllCollapsed = useCollapsed(({ collapsed }) => ids.every((id) => collapsed[id] === true))
  return (
    <Button
      variant="quiet"
      size="small"
      onClick={() => useCollapsed.getState().setAll(ids, !areAllCollapsed)}
    >
      {areAllCollapsed ? 'Expand all' : 'Collapse all'}
    </Button>
  )
}
