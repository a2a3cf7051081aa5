import { useDeferredValue } from 'react'
import { Button } from '#ui/button.tsx'
import { type Chart, listStates } from '../chart.ts'
import type { ChartMarks } from '../drawing/marks.ts'
import type { useExits } from '../use-exits.ts'
import { ChartOutline } from './chart-outline.tsx'

type OutlineSectionProps = {
  chart: Chart
  marks: ChartMarks
  selectedId: string | null
  collapsed: ReadonlySet<string>
  toggle: (stateId: string) => void
  exitChoice: ReturnType<typeof useExits>
  select: (id: string) => void
}

/** The chart as a tree, with actions for the selected state in the picture. */
export function OutlineSection(props: OutlineSectionProps) {
  const { chart, marks, selectedId, collapsed, toggle, exitChoice, select } = props
  // The outline is as long as the chart, so it is added in a later render, after the picture.
  const isRendered = useDeferredValue(true, false)
  const frame = chart.root.states
    .flatMap(listStates)
    .find(({ id, states }) => id === selectedId && states.length > 0)
  return (
    <section aria-label="Outline" className="border-t border-line">
      <div className="flex items-center justify-between px-3 pt-3">
        <h2 className="font-semibold">Outline</h2>
        {frame && (
          <Button size="small" variant="quiet" onClick={() => toggle(frame.id)}>
            {collapsed.has(frame.id) ? 'Expand in the picture' : 'Collapse in the picture'}
          </Button>
        )}
        {selectedId !== null && <ExitButton {...exitChoice} stateId={selectedId} />}
      </div>
      {isRendered && (
        <ChartOutline chart={chart} marks={marks} selectedId={selectedId} onSelect={select} />
      )}
    </section>
  )
}

type ExitButtonProps = ReturnType<typeof useExits> & { stateId: string }

/** Switches between lines to a state and named exits in the states that lead to it. */
function ExitButton({ stateId, isExit, chooseExit }: ExitButtonProps) {
  const isNamed = isExit(stateId)
  if (isNamed === null) return null
  return (
    <Button size="small" variant="quiet" onClick={() => chooseExit(stateId, !isNamed)}>
      {isNamed ? 'Draw lines to it' : 'Name as exit'}
    </Button>
  )
}
