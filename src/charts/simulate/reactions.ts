import type { EventObject } from 'xstate'
import type { Chart, ChartTransition } from '../chart.ts'
import { guardLabel, shortName } from '../chart-parts.ts'
import type { SimulationState } from './simulation.ts'

/** What an event would do now, and if nothing, why. */
export interface Reaction {
  type: string
  isPossible: boolean
  reason: string
}

/** Everything that could be sent to a machine, and what each would do in the state it is in. */
export function reactionsOf(
  chart: Chart,
  state: SimulationState,
  exampleOf: (type: string) => EventObject,
): Reaction[] {
  const types = new Set(chart.transitions.filter(isSendable).map(sendableType))
  return [...types].map((type) => reactionTo(exampleOf(type), chart, state))
}

function reactionTo(event: EventObject, chart: Chart, state: SimulationState): Reaction {
  const { type } = event
  const taken = safely(() => state.reactionsTo(event))
  if (typeof taken === 'string') return { type, isPossible: false, reason: taken }
  const takenOnes = chart.transitions.filter(({ id }) => taken.includes(id))
  if (takenOnes.length > 0) {
    return { type, isPossible: true, reason: takenOnes.map(effectOf).join('; ') }
  }
  const candidates = chart.transitions.filter(
    (transition) => sendableType(transition) === type && state.active.includes(transition.source),
  )
  const guards = candidates.flatMap(({ guard }) => (guard ? [guardLabel(guard)] : []))
  if (state.status !== 'active')
    return { type, isPossible: false, reason: 'The machine has ended.' }
  return {
    type,
    isPossible: false,
    reason:
      guards.length > 0
        ? `Guard says no: ${[...new Set(guards)].join(', ')}.`
        : 'No active state listens to it.',
  }
}

function isSendable({ kind, event }: ChartTransition): boolean {
  return kind === 'event' && !event.startsWith('xstate.')
}

/** The event that a transition waits for; for a wildcard one that fits it. */
function sendableType({ event }: ChartTransition): string {
  return event.replace('*', 'anything')
}

function effectOf({ targets, actions }: ChartTransition): string {
  if (targets.length > 0) return `to ${targets.map(shortName).join(' and ')}`
  return actions.length > 0 ? 'stays, and acts' : 'is kept back'
}

function safely<Result>(ask: () => Result): Result | string {
  try {
    return ask()
  } catch (error) {
    return `The guard broke: ${error instanceof Error ? error.message : String(error)}`
  }
}
