/** What is pointed out on a chart, by the ids of states and transitions. */
export interface ChartMarks {
  /** The states that an actor is in. */
  active: ReadonlySet<string>
  /** The transitions that it took last. */
  taken: ReadonlySet<string>
  /** What the search found. */
  found: ReadonlySet<string>
  /** How often tests took each transition that they can take; null while no report is open. */
  counts: ReadonlyMap<string, number> | null
}

const nothing: ReadonlySet<string> = new Set()

export const noMarks: ChartMarks = { active: nothing, taken: nothing, found: nothing, counts: null }

/** Tells whether an actor is shown where it was before. */
export function isStandingStill(before: ChartMarks, now: ChartMarks): boolean {
  return isSame(before.active, now.active) && isSame(before.taken, now.taken)
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id))
}

export type Heat = 'none' | 'few' | 'some' | 'many'

/** How warm a count looks: not at all, fewer than 10, fewer than 100, more. */
export function heatOf(count: number): Heat {
  if (count === 0) return 'none'
  if (count < 10) return 'few'
  return count < 100 ? 'some' : 'many'
}
