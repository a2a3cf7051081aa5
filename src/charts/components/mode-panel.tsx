import type { Chart } from '../chart.ts'
import type { ChartEntry, ChartMode } from '../chart-entry.ts'
import { ExportPanel } from '../export/export-panel.tsx'
import type { LayoutWish } from '../layout/lay-out.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import type { LiveActor } from '../live/live.ts'
import { LivePanel } from '../live/live-panel.tsx'
import { CoveragePanel } from '../model-reports/coverage-panel.tsx'
import { ReplayPanel } from '../model-reports/replay-panel.tsx'
import { SimulatePanel } from '../simulate/simulate-panel.tsx'
import type { ChartModes } from '../use-chart-modes.ts'

type ModePanelProps = {
  mode: ChartMode
  modes: ChartModes
  entry: ChartEntry
  chart: Chart
  wish: LayoutWish
  service: LayoutService
  onSelect: (id: string) => void
  onActor: (actor: LiveActor) => void
}

/** What a mode offers beside the picture. */
export function ModePanel(props: ModePanelProps) {
  const { mode, entry, chart, wish, service, onSelect, onActor } = props
  const { live, simulation, coverage, replayed } = props.modes
  switch (mode) {
    case 'read':
      return <ExportPanel wish={wish} title={entry.title} service={service} />
    case 'live':
      return (
        <LivePanel
          {...live}
          onTab={live.chooseTab}
          onActor={onActor}
          onPosition={live.setPosition}
        />
      )
    case 'simulate':
      return (
        simulation.state && (
          <>
            {simulation.refusal !== null && (
              <p role="alert" className="px-3 pt-3 text-sm font-medium text-danger">
                {simulation.refusal}
              </p>
            )}
            <SimulatePanel
              {...{ entry, chart }}
              run={simulation.run}
              position={simulation.position}
              state={simulation.state}
              onRun={simulation.setRun}
              onPosition={simulation.setPosition}
            />
          </>
        )
      )
    case 'coverage':
      return (
        <CoveragePanel
          {...{ chart, onSelect }}
          counts={coverage.counts}
          refusal={coverage.refusal}
          onFile={coverage.open}
        />
      )
    case 'replay':
      return (
        <ReplayPanel
          steps={replayed.steps}
          position={replayed.position}
          refusal={replayed.refusal}
          onFile={replayed.open}
          onPosition={replayed.setPosition}
        />
      )
  }
}
