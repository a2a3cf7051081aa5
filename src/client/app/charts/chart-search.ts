import type { ChartView } from '#charts/chart-entry.ts'

const modes = ['read', 'live', 'simulate', 'coverage', 'replay'] as const
const directions = ['down', 'right'] as const

/** The search parameters of the chart page. */
export interface ChartSearch {
  machine?: string | undefined
  state?: string | undefined
  mode?: (typeof modes)[number]
  direction?: (typeof directions)[number]
}

/** Parses search parameters, and leaves out invalid ones. */
export function parseChartSearch({
  machine,
  state,
  mode,
  direction,
}: Record<string, unknown>): ChartSearch {
  const validMode = modes.find((value) => value === mode)
  const validDirection = directions.find((value) => value === direction)
  return {
    ...(typeof machine === 'string' && { machine }),
    ...(typeof state === 'string' && { state }),
    ...(validMode && { mode: validMode }),
    ...(validDirection && { direction: validDirection }),
  }
}

/** Fills in the defaults of missing parameters. */
export function toChartView({ machine, state, mode, direction }: ChartSearch): ChartView {
  return {
    machine: machine ?? 'video',
    state: state ?? null,
    mode: mode ?? 'read',
    direction: direction ?? 'down',
  }
}

/** Applies a change of the view; switching to another machine deselects the state. */
export function updateChartSearch(search: ChartSearch, change: Partial<ChartView>): ChartSearch {
  const view = toChartView(search)
  const isOtherMachine = (change.machine ?? view.machine) !== view.machine
  const { state = isOtherMachine ? null : view.state } = change
  return { ...search, ...change, state: state ?? undefined }
}
