import { useMemo, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import type { Chart } from './chart.ts'
import { type ChartEntry, type ChartView, chartModes } from './chart-entry.ts'
import { chartOf } from './chart-model.ts'
import { ChartStage } from './components/chart-stage.tsx'
import { ChartToolbar } from './components/chart-toolbar.tsx'
import { type ChartMarks, noMarks } from './drawing/marks.ts'
import { ExportPanel } from './export/export-panel.tsx'
import type { LayoutService } from './layout/layout-service.ts'
import { viewOf } from './live/live-history.ts'
import { LivePanel } from './live/live-panel.tsx'
import { useLive } from './live/use-live.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'
import { CoveragePanel } from './model-reports/coverage-panel.tsx'
import { ReplayPanel } from './model-reports/replay-panel.tsx'
import { ChartOutline } from './outline/chart-outline.tsx'
import { ancestorsIn, searchChart } from './search.ts'
import { SimulatePanel } from './simulate/simulate-panel.tsx'
import { useCoverage, useReplay, useSimulation } from './use-modes.ts'

type ChartsProps = {
  entries: readonly ChartEntry[]
  service: LayoutService
  tabs: LiveTabs
  view: ChartView
  onView: (change: Partial<ChartView>) => void
}

/** Statecharts to read, watch, play and check. Knows machines and actors, and nothing of what they are about. */
export function Charts({ entries, service, tabs, view, onView }: ChartsProps) {
  const charts = useMemo(() => entries.map(({ machine }) => chartOf(machine)), [entries])
  const at = Math.max(
    0,
    charts.findIndex(({ machineId }) => machineId === view.machine),
  )
  const [entry, chart] = [entries[at], charts[at]]
  if (!entry || !chart) return null
  const titles = Object.fromEntries(
    entries.map(({ title, machine }) => [machine.id, title] as const),
  )
  return <ChartDesk {...{ entry, chart, titles, service, tabs, view, onView }} />
}

type ChartDeskProps = Omit<ChartsProps, 'entries'> & {
  entry: ChartEntry
  chart: Chart
  titles: Record<string, string>
}

function ChartDesk({ entry, chart, titles, service, tabs, view, onView }: ChartDeskProps) {
  const { mode, direction, state: selectedId } = view
  const [search, setSearch] = useState('')
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [actorId, setActorId] = useState<string | null>(null)
  const [livePosition, setLivePosition] = useState<number | null>(null)
  const history = useLive(mode === 'live' ? tabs.source : null)
  const simulation = useSimulation(entry, mode === 'simulate')
  const coverage = useCoverage(chart)
  const replayed = useReplay(chart)
  const found = useMemo(() => searchChart(chart, search), [chart, search])

  const marks = useMemo((): ChartMarks => {
    const shown = { ...noMarks, found: new Set(found.map(({ id }) => id)) }
    const standing = { live: liveStanding, simulate: simulation.state, replay: replayStanding }
    if (mode === 'coverage') return { ...shown, counts: coverage.counts }
    if (mode === 'read') return shown
    const { active, taken } = resolve(standing[mode])
    return { ...shown, active: new Set(active), taken: new Set(taken) }

    function liveStanding() {
      const isOfChart = actorId && history.actors.get(actorId)?.machineId === chart.machineId
      return isOfChart ? viewOf(history, actorId, livePosition) : null
    }
    function replayStanding() {
      return replayed.steps?.[replayed.position] ?? null
    }
  }, [
    mode,
    found,
    chart,
    history,
    actorId,
    livePosition,
    simulation.state,
    coverage.counts,
    replayed,
  ])

  const select = (id: string) => {
    if (id === '') return onView({ state: null })
    const hiding = ancestorsIn(chart.root, id).filter((outer) => collapsed.has(outer.id))
    if (hiding.length > 0) {
      setCollapsed(
        new Set([...collapsed].filter((one) => hiding.every((outer) => outer.id !== one))),
      )
    }
    onView({ state: id })
  }
  const toggle = (id: string) =>
    setCollapsed(
      collapsed.has(id)
        ? new Set([...collapsed].filter((one) => one !== id))
        : new Set([...collapsed, id]),
    )

  return (
    <div className="fixed inset-x-0 top-13 bottom-0 flex flex-col">
      <ChartToolbar
        titles={titles}
        view={view}
        onView={onView}
        search={search}
        onSearch={setSearch}
        found={found}
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
          {mode === 'live' && (
            <LivePanel
              history={history}
              actorId={actorId}
              position={livePosition}
              tabs={tabs.names}
              tab={tabs.chosen}
              onTab={(tab) => {
                tabs.choose(tab)
                setActorId(null)
                setLivePosition(null)
              }}
              onActor={({ id, machineId }) => {
                setActorId(id)
                setLivePosition(null)
                if (machineId !== null && machineId in titles) onView({ machine: machineId })
              }}
              onPosition={setLivePosition}
            />
          )}
          {mode === 'simulate' && simulation.state && (
            <SimulatePanel
              entry={entry}
              chart={chart}
              run={simulation.run}
              position={simulation.position}
              state={simulation.state}
              onRun={simulation.setRun}
              onPosition={simulation.setPosition}
            />
          )}
          {mode === 'coverage' && (
            <CoveragePanel
              chart={chart}
              counts={coverage.counts}
              refusal={coverage.refusal}
              onFile={coverage.open}
              onSelect={select}
            />
          )}
          {mode === 'replay' && (
            <ReplayPanel
              steps={replayed.steps}
              position={replayed.position}
              refusal={replayed.refusal}
              onFile={replayed.open}
              onPosition={replayed.setPosition}
            />
          )}
          {mode === 'read' && (
            <ExportPanel
              wish={{ chart, direction, collapsed }}
              title={entry.title}
              service={service}
            />
          )}
          <section aria-label="Outline" className="border-t border-line">
            <div className="flex items-center justify-between px-3 pt-3">
              <h2 className="font-semibold">Outline</h2>
              <CollapseButton {...{ chart, selectedId, collapsed }} onToggle={toggle} />
            </div>
            <ChartOutline chart={chart} marks={marks} selectedId={selectedId} onSelect={select} />
          </section>
        </aside>
      </div>
    </div>
  )
}

interface Standing {
  active: readonly string[]
  taken: readonly string[]
}

const nowhere: Standing = { active: [], taken: [] }

function resolve(standing: Standing | null | (() => Standing | null)): Standing {
  return (typeof standing === 'function' ? standing() : standing) ?? nowhere
}

type CollapseButtonProps = {
  chart: Chart
  selectedId: string | null
  collapsed: ReadonlySet<string>
  onToggle: (stateId: string) => void
}

/** Closes or opens the chosen state in the picture; a double click on it does the same. */
function CollapseButton({ chart, selectedId, collapsed, onToggle }: CollapseButtonProps) {
  const isFrame = chart.root.id !== selectedId && holdsStates(chart.root, selectedId)
  if (!isFrame || selectedId === null) return null
  return (
    <Button size="small" variant="quiet" onClick={() => onToggle(selectedId)}>
      {collapsed.has(selectedId) ? 'Expand in the picture' : 'Collapse in the picture'}
    </Button>
  )
}

function holdsStates(state: Chart['root'], id: string | null): boolean {
  if (state.id === id) return state.states.length > 0
  return state.states.some((child) => holdsStates(child, id))
}
