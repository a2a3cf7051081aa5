import { useMemo, useState } from 'react'
import { Select } from '#ui/select.tsx'
import type { Chart } from './chart.ts'
import { type ChartEntry, type ChartView, chartModes } from './chart-entry.ts'
import { ChartStage } from './components/chart-stage.tsx'
import { ChartToolbar } from './components/chart-toolbar.tsx'
import { ModePanel } from './components/mode-panel.tsx'
import type { LayoutService } from './layout/layout-service.ts'
import type { LiveActor } from './live/live.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'
import { OutlineSection } from './outline/outline-section.tsx'
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

/** Shows statecharts of any machines, to read, watch, simulate and check. */
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
