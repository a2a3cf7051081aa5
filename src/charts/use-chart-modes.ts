import { useMemo } from 'react'
import type { Chart } from './chart.ts'
import type { ChartEntry, ChartMode } from './chart-entry.ts'
import type { ChartMarks } from './drawing/marks.ts'
import type { LiveTabs } from './live/use-live-tabs.ts'
import type { Found } from './search.ts'
import { useLiveMode } from './use-live-mode.ts'
import { useCoverage, useReplay, useSimulation } from './use-modes.ts'

export type ChartModes = ReturnType<typeof useChartModes>

/** What each mode knows; it is kept while another one is shown. */
export function useChartModes(entry: ChartEntry, chart: Chart, tabs: LiveTabs, mode: ChartMode) {
  return {
    live: useLiveMode(tabs, mode === 'live'),
    simulation: useSimulation(entry, mode === 'simulate'),
    coverage: useCoverage(chart),
    replayed: useReplay(entry, chart),
  }
}

/** What is pointed out on the chart: what the search found, and what the mode has to show. */
export function useChartMarks(chart: Chart, mode: ChartMode, modes: ChartModes, found: Found[]) {
  const { active, taken } = standingIn(modes, mode, chart) ?? nowhere
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

function standingIn({ live, simulation, replayed }: ChartModes, mode: ChartMode, chart: Chart) {
  if (mode === 'live') return live.standingOn(chart.machineId)
  if (mode === 'simulate') return simulation.state
  return mode === 'replay' ? replayed.steps?.[replayed.position] : null
}

const nowhere: { active: readonly string[]; taken: readonly string[] } = { active: [], taken: [] }
