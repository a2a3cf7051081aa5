import type { QueryClient } from '@tanstack/react-query'
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
