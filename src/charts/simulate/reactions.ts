import type { EventObject } from 'xstate'
import { errorMessage } from '#shared/error-message.ts'
import type { Chart, ChartTransition } from '../chart.ts'
import { formatGuard, toStateKey } from '../labels.ts'
import type { SimulationState } from './simulation.ts'

/** What an event would do in the current state, or why it would do nothing. */
export interface Reaction {
  type: string
  isPossible: boolean
  reason: string
}

/** Lists every event of a chart, with the machine's reaction to it in a simulated state. */
export function listReactions(
  chart: Chart,
  state: SimulationState,
  createEvent: (type: string) => EventObject,
): Reaction[] {
  const types = new Set(chart.transitions.filter(isSendable).map(toSendableType))
  return [...types].map((type) => findReaction(createEvent(type), chart, state))
}

function findReaction(event: EventObject, chart: Chart, state: SimulationState): Reaction {
  const { type } = event
  if (state.status !== 'active') {
    return { type, isPossible: false, reason: 'The machine has ended.' }
  }
  try {
    const ids = state.findTransitions(event)
    const taken = chart.transitions.filter(({ id }) => ids.includes(id))
    return taken.length > 0
      ? { type, isPossible: true, reason: taken.map(formatEffect).join('; ') }
      : { type, isPossible: false, reason: explainRefusal(type, chart, state) }
  } catch (error) {
    return { type, isPossible: false, reason: `A guard failed: ${errorMessage(error)}` }
  }
}

function explainRefusal(type: string, chart: Chart, { active }: SimulationState): string {
  const guards = chart.transitions
    .filter((transition) => toSendableType(transition) === type)
    .flatMap(({ source, guard }) => (guard && active.includes(source) ? [formatGuard(guard)] : []))
  return guards.length > 0
    ? `Blocked by guard: ${[...new Set(guards)].join(', ')}.`
    : 'No active state handles it.'
}

function isSendable({ kind, event }: ChartTransition): boolean {
  return kind === 'event' && !event.startsWith('xstate.')
}

/** Returns the event type of a transition; for a wildcard, one that matches it. */
function toSendableType({ event }: ChartTransition): string {
  return event.replace('*', 'anything')
}

function formatEffect({ targets, actions }: ChartTransition): string {
  if (targets.length > 0) return `to ${targets.map(toStateKey).join(' and ')}`
  return actions.length > 0 ? 'runs actions only' : 'is ignored'
}
