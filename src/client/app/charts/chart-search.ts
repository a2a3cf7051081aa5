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
