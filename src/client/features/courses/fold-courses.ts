import type { CourseSummary } from '#contract/courses.ts'

/** What is done to a course as a whole. `course` is as it was shown then. */
export type CourseChange =
  | { kind: 'remove'; course: CourseSummary }
  | { kind: 'restore'; course: CourseSummary }
  | { kind: 'retitle'; course: CourseSummary; title: string }

/**
 * The courses to show: those of the server, and over them the changes that it has not confirmed.
 * @param rows in any order, one for an id
 * @param pending the unconfirmed changes, in the order in which they were made
 * @returns in the order of the server: the newest first
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
    else if (change.kind === 'restore') shown.set(id, row ?? change.course)
    else if (row) shown.set(id, { ...row, title: change.title })
  }
  return [...shown.values()].sort(compareCourses)
}

function compareCourses(one: CourseSummary, other: CourseSummary): number {
  if (one.createdAt !== other.createdAt) return one.createdAt > other.createdAt ? -1 : 1
  return one.id > other.id ? -1 : 1
}
