import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/** More are not read through; captions for the first come first. */
const limit = 200

/** The assets of a course that have no captions, and how many there are in all. */
export const uncaptionedQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.uncaptioned(courseId),
    queryFn: ({ signal }) =>
      request('GET /api/media', { query: { inCourse: courseId, captions: 'none', limit }, signal }),
    staleTime: 0,
  })
