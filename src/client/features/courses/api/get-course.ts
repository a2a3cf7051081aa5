import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/** Never collected: removing a course looks up here which chapter actors to stop. */
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.course(courseId),
    queryFn: ({ signal }) =>
      request('GET /api/courses/{courseId}', { params: { courseId }, signal }),
    gcTime: Number.POSITIVE_INFINITY,
  })
