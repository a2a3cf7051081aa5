import { shortName } from '../chart-parts.ts'
import type { LiveStep } from './live.ts'

/** What came of a step, given where its actor stood before: the states that it is in now, by their short names. */
export function outcomeOf(step: LiveStep, before: { active: readonly string[] }): string {
  const { error, event, status, taken, active } = step
  if (error !== null) return `broke: ${error}`
  if (event === 'xstate.init') return `began in ${namesOf(leavesOf(active))}`
  if (status === 'stopped') return `ended in ${namesOf(leavesOf(active))}`
  const arrived = arrivedIn(step, before)
  if (arrived.length > 0) return `→ ${namesOf(arrived)}`
  return taken.length === 0 ? 'changed nothing' : 'changed no state'
}

function arrivedIn({ targets, active }: LiveStep, before: { active: readonly string[] }): string[] {
  const reached = leavesOf([...new Set(targets)].filter((target) => active.includes(target)))
  return reached.length > 0
    ? reached
    : leavesOf(active).filter((leaf) => !before.active.includes(leaf))
}

const leavesOf = (ids: readonly string[]): string[] =>
  ids.filter((id) => !ids.some((other) => other.startsWith(`${id}.`)))

const namesOf = (ids: readonly string[]): string => ids.map(shortName).join(', ')
