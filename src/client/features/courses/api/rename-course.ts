import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchInFlight } from '#client/lib/refetch.ts'
import { titleMutationOptions } from '#client/lib/rename-title.ts'
import type { Course } from '#contract/courses.ts'
import { courseScope } from '../course-changes.ts'

export function useRenameCourse(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    ...titleMutationOptions(queryClient, courseId, (title, headers) =>
      request('PATCH /api/courses/{courseId}', { params: { courseId }, headers, body: { title } }),
    ),
    scope: courseScope(courseId),
    onSuccess: (course) => cacheRenamed(queryClient, course),
  })
}

/** Caches the course from the response to a rename. */
export async function cacheRenamed(queryClient: QueryClient, course: Course) {
  const queryKey = queryKeys.course(course.id)
  queryClient.setQueryData<Course>(queryKey, (cached) =>
    cached && cached.version > course.version ? cached : { ...cached, ...course },
  )
  refetchInFlight(queryClient, queryKey)
  await queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
}
