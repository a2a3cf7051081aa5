import { useDeferredValue, useMemo, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/select.tsx'
import { type Chart, listStates } from './chart.ts'
import { type ChartEntry, type ChartView, chartModes } from './chart-entry.ts'
import { ChartStage } from './components/chart-stage.tsx'
import { ChartToolbar } from './components/chart-toolbar.tsx'
import { ModePanel } from './components/mode-panel.tsx'
import type { ChartMarks } from './drawing/marks.ts'
import type { LayoutService } from './layout/layout-service.ts'
import type { LiveActor } from './live/live.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'
import { ChartOutline } from './outline/chart-outline.tsx'
import { readChart } from './read-chart.ts'
import { searchChart } from './search.ts'
import { useChartMarks, useChartModes } from './use-chart-modes.ts'
import { useCollapsedStates } from './use-collapsed-states.ts'
import { useExits } from './use-exits.ts'

type ChartsProps = {
  entries: readonly ChartEntry[]
  service: LayoutService
  tabs: LiveTabs
  view: ChartView
  onView: (change: Partial<ChartView>) => void
}

/** Statecharts to read, watch, simulate and check. It takes any machine. */
export function Charts({ entries, ...props }: ChartsProps) {
  const entry = entries.find(({ machine }) => machine.id === props.view.machine) ?? entries[0]
  const chart = useMemo(() => entry && readChart(entry.machine), [entry])
  if (!entry || !chart) return null
  const titles = Object.fromEntries(
    entries.map(({ title, machine }) => [machine.id, title] as const),
  )
  return <ChartViewer {...props} entry={entry} chart={chart} titles={titles} />
}

type ChartViewerProps = Omit<ChartsProps, 'entries'> & {
  entry: ChartEntry
  chart: Chart
  titles: Record<string, string>
}

function ChartViewer({ entry, chart, titles, service, tabs, view, onView }: ChartViewerProps) {
  const { mode, direction, state: selectedId } = view
  const [search, setSearch] = useState('')
  const results = useMemo(() => searchChart(chart, search), [chart, search])
  const { collapsed, toggle, reveal, isOverview, toggleOverview } = useCollapsedStates(chart)
  const exitChoice = useExits(chart)
  const { exits } = exitChoice
  const modes = useChartModes(entry, chart, tabs, mode)
  const marks = useChartMarks(chart, mode, modes, results)

  const select = (id: string) => {
    reveal(id)
    onView({ state: id === '' ? null : id })
  }
  const showActor = (actor: LiveActor) => {
    modes.live.chooseActor(actor)
    const { machineId } = actor
    if (machineId !== null && machineId in titles) onView({ machine: machineId })
  }

  return (
    <div className="fixed inset-x-0 top-13 bottom-0 flex flex-col">
      <ChartToolbar
        titles={titles}
        view={view}
        onView={onView}
        isOverview={isOverview}
        onOverview={toggleOverview}
        search={search}
        results={results}
        onSearch={setSearch}
        onResult={({ id }) => {
          select(id)
          setSearch('')
        }}
      />
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <ChartStage
          chart={chart}
          direction={direction}
          collapsed={collapsed}
          exits={exits}
          service={service}
          marks={marks}
          selectedId={selectedId}
          onSelect={select}
          onToggle={toggle}
        />
        <aside
          aria-label="Panel"
          className="w-[22rem] shrink-0 overflow-y-auto border-l border-line bg-surface max-sm:h-[42%] max-sm:w-full max-sm:border-t max-sm:border-l-0"
        >
          <div className="p-2 sm:hidden">
            <Select
              label="Mode"
              value={mode}
              options={chartModes}
              onChange={(next) => onView({ mode: next })}
            />
          </div>
          <ModePanel
            mode={mode}
            modes={modes}
            entry={entry}
            service={service}
            request={{ chart, direction, collapsed, exits }}
            onSelect={select}
            onActor={showActor}
          />
          <OutlineSection
            chart={chart}
            marks={marks}
            selectedId={selectedId}
            collapsed={collapsed}
            toggle={toggle}
            exitChoice={exitChoice}
            select={select}
          />
        </aside>
      </div>
    </div>
  )
}

type OutlineSectionProps = {
  chart: Chart
  marks: ChartMarks
  selectedId: string | null
  collapsed: ReadonlySet<string>
  toggle: (stateId: string) => void
  exitChoice: ReturnType<typeof useExits>
  select: (id: string) => void
}

function OutlineSection(props: OutlineSectionProps) {
  const { chart, marks, selectedId, collapsed, toggle, exitChoice, select } = props
  // The outline is as long as the chart, so a later render adds it to the picture.
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

/** Chooses between lines to a state and its name in the states that lead there. */
function ExitButton({ stateId, isExit, chooseExit }: ExitButtonProps) {
  const isNamed = isExit(stateId)
  if (isNamed === null) return null
  return (
    <Button size="small" variant="quiet" onClick={() => chooseExit(stateId, !isNamed)}>
      {isNamed ? 'Draw lines to it' : 'Name as exit'}
    </Button>
  )
}
