import type { Trace } from '../../../../contract/model-reports.ts'
import { statesNamedBy } from '../active-states.ts'
import type { Chart, ChartTransition } from '../chart.ts'

export interface ReplayedStep {
  event: string
  active: string[]
  /** The transitions that lead from the step before to this one, as far as its states tell. */
  taken: string[]
  status: string
}

/** A trace as steps on its chart. */
export function replay(chart: Chart, { steps }: Trace): ReplayedStep[] {
  const active = steps.map(({ snapshot }) => statesNamedBy(chart.root, snapshot.value))
  return steps.map(({ event, snapshot }, index) => ({
    event: event.type,
    active: active[index] ?? [],
    taken: takenBetween(chart, event.type, active[index - 1] ?? [], active[index] ?? []),
    status: snapshot.status,
  }))
}

// A trace holds states and no transitions; of those that fit, the first for each source and event is shown.
function takenBetween(chart: Chart, event: string, before: string[], after: string[]): string[] {
  const fits = ({ source, targets, ...transition }: ChartTransition) =>
    transition.event === event &&
    before.includes(source) &&
    targets.every((target) => after.includes(target))
  const fitting = chart.transitions.filter(fits)
  return fitting
    .filter(({ source }, index) => fitting.findIndex((other) => other.source === source) === index)
    .map(({ id }) => id)
}
