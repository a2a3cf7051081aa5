import { type Chart, type ChartState, listStates } from '../chart.ts'

/** Lists the regions of every parallel state. */
export function listRegions({ root }: Chart): ChartState[] {
  return listStates(root)
    .filter(({ kind }) => kind === 'parallel')
    .flatMap(({ states }) => states)
}

/** Extracts a region as a separate chart. Transitions that leave it name their targets. */
export function extractRegion(chart: Chart, region: ChartState): Chart {
  const ids = new Set(listStates(region).map(({ id }) => id))
  return {
    machineId: region.id,
    root: region,
    transitions: chart.transitions.filter(({ source }) => ids.has(source)),
    fingerprint: chart.fingerprint,
  }
}
