import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { listOpen, readShownChapters } from '../../features/chapters/chapter-changes.ts'
import type { CachedCourse } from '../../lib/cached-course.ts'
import { isGone } from '../../lib/http.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** A course that the page has loaded, unless it was removed: it then takes no commands. */
export function readCourse(
  queryClient: QueryClient,
  courseId: string | undefined,
): CachedCourse | undefined {
  if (courseId === undefined) return undefined
  const state = queryClient.getQueryState<CachedCourse>(queryKeys.course(courseId))
  return state && !isGone(state.error) ? state.data : undefined
}

/** A course's chapters as the page shows them, and those among them that accept videos. */
export interface CourseChapters {
  shown: readonly Chapter[]
  open: readonly Chapter[]
}

/** The chapters of a course; none if it takes no commands. */
export function readChapters(
  queryClient: QueryClient,
  courseId: string | undefined,
): CourseChapters {
  const course = readCourse(queryClient, courseId)
  if (!course) return { shown: [], open: [] }
  const shown = readShownChapters(queryClient, course.id)
  return { shown, open: listOpen(shown, course.removedElsewhere ?? []) }
}
