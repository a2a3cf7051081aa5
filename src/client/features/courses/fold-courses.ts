import type { CourseSummary } from '#contract/courses.ts'

/** A change to a course as a whole. `course` is as shown when the change was made. */
export type CourseChange =
  | { kind: 'remove'; course: CourseSummary }
  | { kind: 'restore'; course: CourseSummary }
  /** `isTyped`: an editor holds the title, and shows why it is not saved. */
  | { kind: 'retitle'; course: CourseSummary; title: string; isTyped?: boolean | undefined }
  /** `course` is the new one, of version 0 until the server has it. */
  | { kind: 'duplicate'; course: CourseSummary; copyOf: CourseSummary }

/**
 * The courses to show: the server's rows with the unconfirmed changes applied on top.
 * @param rows in any order, with unique ids
 * @param pending the unconfirmed changes, in the order they were made
 * @returns in the server's order: newest first
 */
export function foldCourses(
  rows: readonly CourseSummary[],
  pending: readonly CourseChange[],
): CourseSummary[] {
  const shown = new Map(rows.map((row) => [row.id, row]))
  for (const change of pending) {
    const { id } = change.course
    const row = shown.get(id)
    if (change.kind === 'remove') shown.delete(id)
    else if (change.kind !== 'retitle') shown.set(id, row ?? change.course)
    else if (row) shown.set(id, { ...row, title: change.title })
  }
  return [...shown.values()].sort(compareCourses)
}

function compareCourses(a: CourseSummary, b: CourseSummary): number {
  if (a.createdAt !== b.createdAt) return a.createdAt > b.createdAt ? -1 : 1
  return a.id > b.id ? -1 : 1
}
