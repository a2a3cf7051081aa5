import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

export const coursesQuery = queryOptions({
  queryKey: queryKeys.courses,
  queryFn: ({ signal }) => request('GET /api/courses', { signal }),
  meta: { keep: (courses: unknown) => courses },
  select: ({ courses }) => courses,
})
