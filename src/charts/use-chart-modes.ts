import { useMemo } from 'react'
import type { Chart } from './chart.ts'
import type { ChartEntry, ChartMode } from './chart-entry.ts'
import type { ChartMarks } from './drawing/marks.ts'
import { useLiveMode } from './live/use-live-mode.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'
import { useCoverage, useReplay } from './model-reports/use-reports.ts'
import type { SearchResult } from './search.ts'
import { useSimulation } from './simulate/use-simulation.ts'

export type ChartModes = ReturnType<typeof useChartModes>

/** Holds the state of all modes, so that it survives a change of mode. */
export function useChartModes(entry: ChartEntry, chart: Chart, tabs: LiveTabs, mode: ChartMode) {
  return {
    live: useLiveMode(tabs, mode === 'live'),
    simulation: useSimulation(entry, mode === 'simulate'),
    coverage: useCoverage(chart),
    replay: useReplay(entry, chart),
  }
}

/** Computes the marks on the chart, from the search results and the mode. */
export function useChartMarks(
  chart: Chart,
  mode: ChartMode,
  modes: ChartModes,
  found: SearchResult[],
) {
  const { active, taken } = findActive(modes, mode, chart) ?? inactive
  const counts = mode === 'coverage' ? modes.coverage.counts : null
  return useMemo(
    (): ChartMarks => ({
      active: new Set(active),
      taken: new Set(taken),
      found: new Set(found.map(({ id }) => id)),
      counts,
    }),
    [active, taken, found, counts],
  )
}

function findActive({ live, simulation, replay }: ChartModes, mode: ChartMode, chart: Chart) {
  if (mode === 'live') return live.viewMachine(chart.machineId)
  if (mode === 'simulate') return simulation.state
  return mode === 'replay' ? replay.steps?.[replay.position] : null
}

const inactive: { active: readonly string[]; taken: readonly string[] } = { active: [], taken: [] }
