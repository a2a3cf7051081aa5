import { Button } from '#ui/button.tsx'
import { type Chart, statesOf } from '../chart.ts'

type CollapseButtonProps = {
  chart: Chart
  selectedId: string | null
  collapsed: ReadonlySet<string>
  onToggle: (stateId: string) => void
}

/** Closes or opens the chosen state in the picture; a double click on it does the same. */
export function CollapseButton({ chart, selectedId, collapsed, onToggle }: CollapseButtonProps) {
  const isFrame = ({ id, states }: Chart['root']) => id === selectedId && states.length > 0
  if (selectedId === null || !chart.root.states.flatMap(statesOf).some(isFrame)) return null
  return (
    <Button size="small" variant="quiet" onClick={() => onToggle(selectedId)}>
      {collapsed.has(selectedId) ? 'Expand in the picture' : 'Collapse in the picture'}
    </Button>
  )
}
