import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/** It stays as long as the processes of its chapters do, which are closed by it when the course is removed. */
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.course(courseId),
    queryFn: ({ signal }) =>
      request('GET /api/courses/{courseId}', { params: { courseId }, signal }),
    gcTime: Number.POSITIVE_INFINITY,
  })
