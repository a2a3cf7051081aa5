import type { QueryClient } from '@tanstack/react-query'
import { v7 as uuidv7 } from 'uuid'
import type { Course, CourseSummary } from '#contract/courses.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { duplicateCourse } from '../features/courses/api/duplicate-course.ts'
import { removeCourse } from '../features/courses/api/remove-course.ts'
import { restoreCourse } from '../features/courses/api/restore-course.ts'
import { retitleCourse, saveCourseTitle } from '../features/courses/api/retitle-course.ts'
import { readShownCourses } from '../features/courses/course-changes.ts'
import type { CourseChange } from '../features/courses/fold-courses.ts'
import { closeChapters, reopenChapters } from '../features/videos/closed-chapters.ts'
import { readShownVideos, retryFailed } from '../features/videos/use-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { queryKeys } from '../lib/query-keys.ts'
import { ignore, nameCopy } from './chapter-operations.ts'
import { recordChange, recordRetitle } from './record-change.ts'

/** Removes a course with its chapters; a refusal is shown at the course. */
export function removeCourseWithChapters(
  queryClient: QueryClient,
  authoring: Authoring,
  course: CourseSummary,
): Promise<void> {
  const { id, title: name } = course
  const operation = { ...toPresence(id), from: true, to: false, row: course }
  const removed = removeAndCloseAll(queryClient, authoring, course)
  return recordChange(authoring, { kind: 'course-remove', name, operation }, removed).catch(ignore)
}

/**
 * Adds a copy of a course, with the chapters and videos that the server has. A refusal is shown at
 * the original.
 * @param copy the course that was refused, to be sent again under its id
 */
export function duplicateWithChapters(
  queryClient: QueryClient,
  authoring: Authoring,
  original: CourseSummary,
  copy: CourseSummary = createCopy(original),
) {
  const { id, title: name } = copy
  const operation = { ...toPresence(id), from: false, to: true, row: { ...copy, version: 1 } }
  const duplicated = duplicateCourse(queryClient, copy, original)
  const change = { kind: 'course-duplicate' as const, name, operation }
  recordChange(authoring, change, duplicated).catch(ignore)
}

const toPresence = (id: string) => ({ entity: 'course', field: 'isPresent', id }) as const

const createCopy = (original: CourseSummary): CourseSummary => ({
  ...original,
  id: uuidv7(),
  title: nameCopy(original.title),
  version: 0,
  createdAt: new Date().toISOString(),
})

/** Gives a course the title typed in its editor, and records that for undo at once. */
export const retitleTypedCourse = (
  queryClient: QueryClient,
  authoring: Authoring,
  course: CourseSummary,
  typed: TypedName,
) =>
  recordRetitle(
    authoring,
    { entity: 'course', id: course.id },
    typed,
    saveCourseTitle(queryClient, course, typed),
  )

/** Retries a failed change. */
export function retryCourseChange(
  queryClient: QueryClient,
  authoring: Authoring,
  change: CourseChange,
) {
  const { course } = change
  if (change.kind === 'remove') void removeCourseWithChapters(queryClient, authoring, course)
  else if (change.kind === 'duplicate') {
    duplicateWithChapters(queryClient, authoring, change.copyOf, course)
  } else if (change.kind === 'restore') {
    restoreCourseAndRetry(queryClient, authoring, course).catch(ignore)
  } else {
    const retitled = retitleCourse(queryClient, course, change.title)
    const retry = { name: change.title, from: course.title, isRepeated: true }
    recordRetitle(authoring, { entity: 'course', id: course.id }, retry, retitled).catch(ignore)
  }
}

/** Removes a course, and stops its chapters' actors unless it was restored meanwhile. */
export async function removeAndCloseAll(
  queryClient: QueryClient,
  authoring: Authoring,
  course: CourseSummary,
) {
  await removeCourse(queryClient, course)
  if (readShownCourses(queryClient).some(({ id }) => id === course.id)) return
  const queryKey = queryKeys.course(course.id)
  const chapters = queryClient.getQueryData<Course>(queryKey)?.chapters ?? []
  closeChapters(
    authoring,
    course.id,
    chapters.map(({ id }) => id),
  )
  queryClient.removeQueries({ queryKey })
}

/**
 * Restores a course with the pending work in its chapters, and retries what failed while it was
 * removed.
 */
export async function restoreCourseAndRetry(
  queryClient: QueryClient,
  authoring: Authoring,
  course: CourseSummary,
) {
  const restored = restoreCourse(queryClient, course)
  const reopened = reopenChapters(authoring, course.id)
  try {
    const { chapters } = await restored
    for (const { id } of chapters) {
      const shown = readShownVideos(authoring, queryClient, id)
      if (shown.some(({ status }) => status === 'failed')) retryFailed(authoring, queryClient, id)
    }
  } catch (error) {
    const isShown = readShownCourses(queryClient).some(({ id }) => id === course.id)
    if (!isShown) closeChapters(authoring, course.id, reopened)
    throw error
  }
}
