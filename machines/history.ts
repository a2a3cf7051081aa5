import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { Place } from './video.context.ts'

/**
 * What an operation changes, by the value it had and the value it got. Of what comes and goes as a
 * whole, it has the row, for a page that does not know it.
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

/** What a person does in one go, such as adding twenty videos. */
export interface Change {
  /** Counts the changes of this page, from 1; those of earlier pages have lower numbers. */
  number: number
  /** When it was made, in ms since 1970; without it, it can be undone on this page alone. */
  madeAt?: number
  /** Names the change in the page. */
  kind: ChangeKind
  /** What it is about, where it is one thing. */
  name?: string
  /** The ids of the chapters it happened in. */
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
  | 'course-remove'
  | 'course-retitle'

/** A change that is not recorded yet. */
export type NewChange = Omit<Change, 'number'>

/** All changes since the page was loaded. */
export interface History {
  /** What can be undone, the oldest first. */
  past: readonly Change[]
  /** What was undone and can be redone, the next one last. */
  future: readonly Change[]
  /** How many changes were ever recorded. */
  count: number
  /** What happened last, to be told in the page. */
  latest: Step | null
}

/** A step through the history. */
export interface Step {
  /** Counts the steps, from 1. */
  number: number
  outcome: 'made' | 'refused' | 'undone' | 'redone' | 'not-undone' | 'not-redone'
  change: Change
  /** What somebody else has changed since, so that it could not be undone or redone. */
  obstacle?: Operation
}

/** Which way one goes through the history. */
export type Direction = 'undo' | 'redo'

export const emptyHistory: History = { past: [], future: [], count: 0, latest: null }

/** How many changes can be undone: nobody goes back further, and each page keeps them all. */
export const maxChanges = 200

/** Adds a change that was made now. What had been undone can't be redone after it. */
export function recordChange(history: History, change: NewChange): History {
  const count = history.count + 1
  const made = { ...change, number: count }
  return {
    past: [...history.past, made].slice(-maxChanges),
    future: [],
    count,
    latest: nextStep(history, 'made', made),
  }
}

/**
 * The history with that of an earlier page before it. What the earlier one had undone can't be
 * redone once something was changed on this one. This one's changes keep their numbers: one of them
 * may still be refused.
 */
export function resumeHistory(history: History, earlier: History): History {
  if (history.count === 0) return earlier
  const numbers = [...history.past, ...history.future].map(({ number }) => number)
  const offset = Math.min(1, ...numbers) - 1 - earlier.count
  const past = earlier.past.map((change) => ({ ...change, number: change.number + offset }))
  return { ...history, past: [...past, ...history.past].slice(-maxChanges) }
}

/** The change that an undo or a redo is about. */
export const nextChange = ({ past, future }: History, direction: Direction): Change | undefined =>
  (direction === 'undo' ? past : future).at(-1)

/**
 * The history after its next change was undone or redone: it goes to the other side. An empty
 * side stays as it is.
 */
export function passChange(history: History, direction: Direction): History {
  const change = nextChange(history, direction)
  if (!change) return history
  const { past, future, count } = history
  return direction === 'undo'
    ? {
        past: past.slice(0, -1),
        future: [...future, change],
        count,
        latest: nextStep(history, 'undone', change),
      }
    : {
        past: [...past, change],
        future: future.slice(0, -1),
        count,
        latest: nextStep(history, 'redone', change),
      }
}

/**
 * The history without its next change, which can't be undone or redone any more.
 * @param obstacle the operation that somebody else was in the way of
 */
export function dropChange(history: History, direction: Direction, obstacle: Operation): History {
  const change = nextChange(history, direction)
  if (!change) return history
  return direction === 'undo'
    ? {
        ...history,
        past: history.past.slice(0, -1),
        latest: { ...nextStep(history, 'not-undone', change), obstacle },
      }
    : {
        ...history,
        future: history.future.slice(0, -1),
        latest: { ...nextStep(history, 'not-redone', change), obstacle },
      }
}

const nextStep = ({ latest }: History, outcome: Step['outcome'], change: Change): Step => ({
  number: (latest?.number ?? 0) + 1,
  outcome,
  change,
})

/**
 * The history without a change that was refused as a whole, so that there is nothing to undo.
 * @param number the change's; one that the history does not have leaves it as it is
 */
export function refuseChange(history: History, number: number): History {
  const change = [...history.past, ...history.future].find((one) => one.number === number)
  if (!change) return history
  const others = (changes: readonly Change[]) => changes.filter((one) => one !== change)
  return {
    ...history,
    past: others(history.past),
    future: others(history.future),
    latest: nextStep(history, 'refused', change),
  }
}

/** The operations that undo a change, or do it again, in the order in which they are applied. */
export const operationsFor = ({ operations }: Change, direction: Direction): Operation[] =>
  direction === 'undo' ? operations.toReversed().map(invert) : [...operations]

/** The operation that takes another one back. */
export function invert(operation: Operation): Operation {
  // Both are values of the same field, which TypeScript can't tell.
  return { ...operation, from: operation.to, to: operation.from } as Operation
}
