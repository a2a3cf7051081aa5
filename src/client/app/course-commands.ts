import type { QueryClient } from '@tanstack/react-query'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { removeCourse } from '../features/courses/api/remove-course.ts'
import { restoreCourse } from '../features/courses/api/restore-course.ts'
import { retitleCourse } from '../features/courses/api/retitle-course.ts'
import { readShownCourses } from '../features/courses/course-changes.ts'
import type { CourseChange } from '../features/courses/fold-courses.ts'
import { closeChapter } from '../features/videos/authoring-context.tsx'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { queryKeys } from '../lib/query-keys.ts'
import { ignore } from './chapter-commands.ts'
import { recordChange, recordRetitle } from './record-change.ts'

/** Removes a course with its chapters; a refusal is shown at the course. */
export function removeWithChapters(
  queryClient: QueryClient,
  authoring: Authoring,
  course: CourseSummary,
): Promise<void> {
  const { id, title: name } = course
  const operation = {
    entity: 'course' as const,
    field: 'isPresent' as const,
    id,
    from: true,
    to: false,
    row: course,
  }
  const removed = removeAndCloseAll(queryClient, authoring, course)
  return recordChange(authoring, { kind: 'course-remove', name, operation }, removed).catch(ignore)
}

/** Retries a failed change. */
export function retryCourseChange(
  queryClient: QueryClient,
  authoring: Authoring,
  change: CourseChange,
) {
  const { course } = change
  if (change.kind === 'remove') void removeWithChapters(queryClient, authoring, course)
  else if (change.kind === 'restore') restoreCourse(queryClient, course).catch(ignore)
  else {
    retitleCourse(queryClient, course, change.title)
      .then(() => recordRetitle(authoring, { ...course, entity: 'course' }, change.title))
      .catch(ignore)
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
  for (const { id } of queryClient.getQueryData<Course>(queryKey)?.chapters ?? []) {
    closeChapter(authoring, id)
  }
  queryClient.removeQueries({ queryKey })
}
