import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/** Nobody reads a longer list, and the first assets get their captions first. */
const limit = 200

/** A course's assets without captions, and their total number. */
export const uncaptionedQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.uncaptioned(courseId),
    queryFn: ({ signal }) =>
      request('GET /api/media', { query: { inCourse: courseId, captions: 'none', limit }, signal }),
    staleTime: 0,
  })
