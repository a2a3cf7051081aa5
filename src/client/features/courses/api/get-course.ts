import { queryOptions } from '@tanstack/react-query'
import { request } from '../../../lib/http.ts'
import { queryKeys } from '../../../lib/query-keys.ts'

export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.course(courseId),
    queryFn: ({ signal }) =>
      request('GET /api/courses/{courseId}', { params: { courseId }, signal }),
  })
