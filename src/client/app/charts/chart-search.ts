import type { ChartView } from '#charts/chart-entry.ts'

const modes = ['read', 'live', 'simulate', 'coverage', 'replay'] as const
const directions = ['down', 'right'] as const

/** What of the chart page stands in its address; whatever is wrong in it is left out. */
export interface ChartSearch {
  machine?: string | undefined
  state?: string | undefined
  mode?: (typeof modes)[number]
  direction?: (typeof directions)[number]
}

export function chartSearch({
  machine,
  state,
  mode,
  direction,
}: Record<string, unknown>): ChartSearch {
  const knownMode = modes.find((one) => one === mode)
  const knownDirection = directions.find((one) => one === direction)
  return {
    ...(typeof machine === 'string' && { machine }),
    ...(typeof state === 'string' && { state }),
    ...(knownMode && { mode: knownMode }),
    ...(knownDirection && { direction: knownDirection }),
  }
}

/** What an address shows: whatever it leaves out is as it is at first. */
export function viewIn({ machine, state, mode, direction }: ChartSearch): ChartView {
  return {
    machine: machine ?? 'video',
    state: state ?? null,
    mode: mode ?? 'read',
    direction: direction ?? 'down',
  }
}

/** The address after a change of what it shows. A chosen state stays chosen until another machine is shown. */
export function searchAfter(now: ChartSearch, change: Partial<ChartView>): ChartSearch {
  const before = viewIn(now)
  const isOther = (change.machine ?? before.machine) !== before.machine
  const { state = isOther ? null : before.state } = change
  return { ...now, ...change, state: state ?? undefined }
}
