import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { Place } from './video.context.ts'

/**
 * A change to one field of one entity, with the values before and after it. `row` is the chapter or
 * course itself, for a later page, whose cache no longer has it.
 */
export type Operation = (
  | { entity: 'video'; field: 'isPresent'; from: boolean; to: boolean }
  | { entity: 'video'; field: 'filename'; from: string; to: string }
  | { entity: 'video'; field: 'place'; from: Place; to: Place }
  | {
      entity: 'chapter'
      field: 'isPresent'
      from: boolean
      to: boolean
      courseId: string
      row?: Omit<Chapter, 'videoCount' | 'durationSeconds'>
    }
  | { entity: 'chapter'; field: 'title' | 'position'; from: string; to: string; courseId: string }
  | { entity: 'course'; field: 'isPresent'; from: boolean; to: boolean; row?: CourseSummary }
  | { entity: 'course'; field: 'title'; from: string; to: string }
) & { id: string }

/** An operation that could not be undone or redone because of someone else's change. */
export type Obstacle = Operation & {
  /** What it would change has been removed. */
  isGone?: boolean
}

/** A single user action, such as adding twenty videos. */
export interface Change {
  /** Rises with every change; those of earlier pages have lower numbers, even negative ones. */
  number: number
  /** When it was made, in ms since 1970. Without it, only this page can undo the change. */
  madeAt?: number
  /** Selects the text that the page shows for the change. */
  kind: ChangeKind
  /** The name of what was changed, if it was a single thing. */
  name?: string
  /** Ids of the affected chapters. */
  chapterIds: string[]
  operations: Operation[]
}

export type ChangeKind =
  | 'add'
  | 'remove'
  | 'move'
  | 'sort'
  | 'rename'
  | 'chapter-create'
  | 'chapter-duplicate'
  | 'chapter-remove'
  | 'chapter-move'
  | 'chapter-retitle'
  | 'course-duplicate'
  | 'course-remove'
  | 'course-retitle'

/** A change that is not recorded yet. */
export type NewChange = Omit<Change, 'number'>

/** The undo history: this page's changes, after those resumed from earlier pages. */
export interface History {
  /** Changes that can be undone, oldest first. */
  past: readonly Change[]
  /** Undone changes that can be redone, the next one last. */
  future: readonly Change[]
  /** The number of the last recorded change; 0 if there is none. */
  count: number
  /** The last step, for the page to announce. */
  latest: Step | null
}

/** A step through the history. */
export interface Step {
  /** Counts the steps, from 1. */
  number: number
  outcome: 'made' | 'refused' | 'undone' | 'redone' | 'not-undone' | 'not-redone'
  change: Change
  obstacle?: Obstacle
}

/** The direction of a step through the history. */
export type Direction = 'undo' | 'redo'

export const emptyHistory: History = { past: [], future: [], count: 0, latest: null }

/** How many changes can be undone on a later page, which has to read them all when it starts. */
export const maxKeptChanges = 200

/** Adds a new change. Changes undone before it can't be redone after it. */
export function recordChange(history: History, change: NewChange): History {
  const count = history.count + 1
  const made = { ...change, number: count }
  return {
    past: [...history.past, made],
    future: [],
    count,
    latest: createStep(history, 'made', made),
  }
}

/**
 * Puts an earlier page's history before this one's. Once this page has made a change, what was
 * undone on the earlier page can't be redone. This page's changes keep their numbers, because one
 * of them may still be refused.
 */
export function resumeHistory(history: History, earlier: History): History {
  if (history.count === 0) return earlier
  const numbers = [...history.past, ...history.future].map(({ number }) => number)
  const offset = Math.min(1, ...numbers) - 1 - earlier.count
  const past = earlier.past.map((change) => ({ ...change, number: change.number + offset }))
  return { ...history, past: [...past, ...history.past] }
}

/**
 * Limits a history to what a later page can undo and redo: its newest changes.
 * @returns the history itself if it has no others
 */
export function limitHistory(history: History): History {
  const past = history.past.slice(-maxKeptChanges)
  const future = history.future.slice(-maxKeptChanges)
  return past.length === history.past.length && future.length === history.future.length
    ? history
    : { ...history, past, future }
}

/** Lists the operations of all changes that can be undone or redone. */
export const listOperations = ({ past, future }: History): Operation[] =>
  [...past, ...future].flatMap(({ operations }) => operations)

/** The next change to undo or redo. */
export const peekChange = ({ past, future }: History, direction: Direction): Change | undefined =>
  (direction === 'undo' ? past : future).at(-1)

/**
 * How many steps undo or redo a change, including those for the changes in between; 0 if it can't
 * be undone or redone.
 */
export function countSteps(
  { past, future }: History,
  direction: Direction,
  change: Change,
): number {
  const side = direction === 'undo' ? past : future
  // By their numbers: a stored history has copies of its changes.
  const index = side.findIndex(({ number }) => number === change.number)
  return index < 0 ? 0 : side.length - index
}

/**
 * Moves the next change to the other side after it was undone or redone. Without a next change, the
 * history stays as it is.
 */
export function advanceHistory(history: History, direction: Direction): History {
  const change = peekChange(history, direction)
  if (!change) return history
  const { past, future, count } = history
  return direction === 'undo'
    ? {
        past: past.slice(0, -1),
        future: [...future, change],
        count,
        latest: createStep(history, 'undone', change),
      }
    : {
        past: [...past, change],
        future: future.slice(0, -1),
        count,
        latest: createStep(history, 'redone', change),
      }
}

/**
 * Drops the next change, which can't be undone or redone.
 * @param obstacle the part of it that is in the way
 */
export function dropChange(history: History, direction: Direction, obstacle: Obstacle): History {
  const change = peekChange(history, direction)
  if (!change) return history
  return direction === 'undo'
    ? {
        ...history,
        past: history.past.slice(0, -1),
        latest: { ...createStep(history, 'not-undone', change), obstacle },
      }
    : {
        ...history,
        future: history.future.slice(0, -1),
        latest: { ...createStep(history, 'not-redone', change), obstacle },
      }
}

const createStep = ({ latest }: History, outcome: Step['outcome'], change: Change): Step => ({
  number: (latest?.number ?? 0) + 1,
  outcome,
  change,
})

/**
 * Removes a change that the server refused as a whole, so that there is nothing to undo.
 * @param number the change's number; if the history has no such change, it stays as it is
 */
export function refuseChange(history: History, number: number): History {
  const refused = [...history.past, ...history.future].find((change) => change.number === number)
  if (!refused) return history
  const withoutRefused = (changes: readonly Change[]) =>
    changes.filter((change) => change !== refused)
  return {
    ...history,
    past: withoutRefused(history.past),
    future: withoutRefused(history.future),
    latest: createStep(history, 'refused', refused),
  }
}

/** Returns the operations that undo or redo a change, in the order to apply them. */
export const listOperationsFor = ({ operations }: Change, direction: Direction): Operation[] =>
  direction === 'undo' ? operations.toReversed().map(invert) : [...operations]

/** Returns the operation that reverses another one. */
export function invert(operation: Operation): Operation {
  // TypeScript can't see that both values belong to the same field.
  return { ...operation, from: operation.to, to: operation.from } as Operation
}
