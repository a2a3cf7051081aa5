/** The marks on a chart, by the ids of states and transitions. */
export interface ChartMarks {
  /** The states that an actor is in. */
  active: ReadonlySet<string>
  /** The transitions that it took in its last step. */
  taken: ReadonlySet<string>
  /** The search results. */
  found: ReadonlySet<string>
  /** How often tests took each transition; null while no report is open. */
  counts: ReadonlyMap<string, number> | null
}

const noIds: ReadonlySet<string> = new Set()

export const noMarks: ChartMarks = { active: noIds, taken: noIds, found: noIds, counts: null }

/** Whether two sets of marks have the same active states and taken transitions. */
export function hasSameActivity(a: ChartMarks, b: ChartMarks): boolean {
  return isSameSet(a.active, b.active) && isSameSet(a.taken, b.taken)
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id))
}

export type Heat = 'none' | 'few' | 'some' | 'many'

/** Classifies a count: none, fewer than 10, fewer than 100, or more. */
export function toHeat(count: number): Heat {
  if (count === 0) return 'none'
  if (count < 10) return 'few'
  return count < 100 ? 'some' : 'many'
}
