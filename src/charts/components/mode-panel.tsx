import type { ChartEntry, ChartMode } from '../chart-entry.ts'
import { ExportPanel } from '../export/export-panel.tsx'
import { RegionPictures } from '../export/region-pictures.tsx'
import type { LayoutRequest } from '../layout/compute-layout.ts'
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
  request: LayoutRequest
  service: LayoutService
  onSelect: (id: string) => void
  onActor: (actor: LiveActor) => void
}

/** The controls of the current mode, beside the picture. */
export function ModePanel(props: ModePanelProps) {
  const { mode, modes, entry, request, service, onSelect, onActor } = props
  const { live, simulation, coverage, replay } = modes
  const { chart } = request
  switch (mode) {
    case 'read':
      return (
        <>
          <ExportPanel request={request} title={entry.title} service={service} />
          <RegionPictures request={request} service={service} />
        </>
      )
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
      return <Simulation simulation={simulation} entry={entry} chart={chart} />
    case 'coverage':
      return (
        <CoveragePanel
          chart={chart}
          counts={coverage.counts}
          error={coverage.error}
          onFile={coverage.open}
          onSelect={onSelect}
        />
      )
    case 'replay':
      return <ReplayPanel {...replay} onFile={replay.open} onPosition={replay.setPosition} />
  }
}

type SimulationProps = {
  simulation: ChartModes['simulation']
  entry: ChartEntry
  chart: LayoutRequest['chart']
}

const Simulation = ({ simulation, entry, chart }: SimulationProps) =>
  simulation.state && (
    <>
      {simulation.error !== null && (
        <p role="alert" className="px-3 pt-3 text-sm font-medium text-danger">
          {simulation.error}
        </p>
      )}
      <SimulatePanel
        entry={entry}
        chart={chart}
        run={simulation.run}
        position={simulation.position}
        state={simulation.state}
        onRun={simulation.setRun}
        onPosition={simulation.setPosition}
      />
    </>
  )
