import { formatStates } from '../labels.ts'
import type { LiveStep } from './live.ts'

/** Describes a step's outcome by the states that its actor entered, given its states before. */
export function describeOutcome(step: LiveStep, before: { active: readonly string[] }): string {
  const { error, event, status, taken, active } = step
  if (error !== null) return `failed: ${error}`
  if (event === 'xstate.init') return `→ ${formatStates(findLeaves(active))}`
  if (status === 'stopped') return `in ${formatStates(findLeaves(active))}`
  const entered = findEntered(step, before)
  if (entered.length > 0) return `→ ${formatStates(entered)}`
  return taken.length === 0 ? 'ignored' : 'no state changed'
}

function findEntered({ targets, active }: LiveStep, before: { active: readonly string[] }) {
  const reached = findLeaves([...new Set(targets)].filter((target) => active.includes(target)))
  return reached.length > 0
    ? reached
    : findLeaves(active).filter((leaf) => !before.active.includes(leaf))
}

const findLeaves = (ids: readonly string[]): string[] =>
  ids.filter((id) => !ids.some((other) => other.startsWith(`${id}.`)))
