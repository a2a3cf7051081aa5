import { useDeferredValue, useMemo, useState } from 'react'
import { Select } from '#ui/select.tsx'
import type { Chart } from './chart.ts'
import { type ChartEntry, type ChartView, chartModes } from './chart-entry.ts'
import { chartOf } from './chart-model.ts'
import { ChartStage } from './components/chart-stage.tsx'
import { ChartToolbar } from './components/chart-toolbar.tsx'
import { CollapseButton } from './components/collapse-button.tsx'
import { ModePanel } from './components/mode-panel.tsx'
import type { LayoutService } from './layout/layout-service.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'
import { ChartOutline } from './outline/chart-outline.tsx'
import { searchChart } from './search.ts'
import { useChartMarks, useChartModes } from './use-chart-modes.ts'
import { useCollapsedStates } from './use-collapsed-states.ts'

type ChartsProps = {
  entries: readonly ChartEntry[]
  service: LayoutService
  tabs: LiveTabs
  view: ChartView
  onView: (change: Partial<ChartView>) => void
}

/** Statecharts to read, watch, play and check. Knows machines and actors, and nothing of what they are about. */
export function Charts({ entries, ...props }: ChartsProps) {
  const entry = entries.find(({ machine }) => machine.id === props.view.machine) ?? entries[0]
  const chart = useMemo(() => entry && chartOf(entry.machine), [entry])
  if (!entry || !chart) return null
  const titles = Object.fromEntries(
    entries.map(({ title, machine }) => [machine.id, title] as const),
  )
  return <ChartDesk {...props} {...{ entry, chart, titles }} />
}

type ChartDeskProps = Omit<ChartsProps, 'entries'> & {
  entry: ChartEntry
  chart: Chart
  titles: Record<string, string>
}

function ChartDesk({ entry, chart, titles, service, tabs, view, onView }: ChartDeskProps) {
  const { mode, direction, state: selectedId } = view
  const [search, setSearch] = useState('')
  const found = useMemo(() => searchChart(chart, search), [chart, search])
  const { collapsed, toggle, reveal } = useCollapsedStates(chart)
  const modes = useChartModes(entry, chart, tabs, mode)
  const marks = useChartMarks(chart, mode, modes, found)
  // The picture comes first, and the outline, which is as long as the chart, in a rendering after it.
  const hasOutline = useDeferredValue(true, false)

  const select = (id: string) => {
    reveal(id)
    onView({ state: id === '' ? null : id })
  }

  return (
    <div className="fixed inset-x-0 top-13 bottom-0 flex flex-col">
      <ChartToolbar
        {...{ titles, view, onView, search, found }}
        onSearch={setSearch}
        onFound={({ id }) => {
          select(id)
          setSearch('')
        }}
      />
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <ChartStage
          {...{ chart, direction, service, marks, selectedId, collapsed }}
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
            {...{ mode, modes, entry, chart, service }}
            wish={{ chart, direction, collapsed }}
            onSelect={select}
            onActor={(actor) => {
              modes.live.chooseActor(actor)
              const { machineId } = actor
              if (machineId !== null && machineId in titles) onView({ machine: machineId })
            }}
          />
          <section aria-label="Outline" className="border-t border-line">
            <div className="flex items-center justify-between px-3 pt-3">
              <h2 className="font-semibold">Outline</h2>
              <CollapseButton {...{ chart, selectedId, collapsed }} onToggle={toggle} />
            </div>
            {hasOutline && <ChartOutline {...{ chart, marks, selectedId }} onSelect={select} />}
          </section>
        </aside>
      </div>
    </div>
  )
}
