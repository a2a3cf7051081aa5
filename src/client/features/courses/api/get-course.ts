import { queryOptions } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { HasWork } from '#client/lib/response-cache.ts'

/** Never garbage-collected: removing a course reads from it which chapter actors to stop. */
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.course(courseId),
    queryFn: async ({ client, signal }): Promise<CachedCourse> => {
      const course = await request('GET /api/courses/{courseId}', { params: { courseId }, signal })
      const before = client.getQueryData<CachedCourse>(queryKeys.course(courseId))
      const ids = new Set(course.chapters.map(({ id }) => id))
      const cached = [...(before?.removedElsewhere ?? []), ...(before?.chapters ?? [])]
      return { ...course, removedElsewhere: cached.filter(({ id }) => !ids.has(id)) }
    },
    meta: {
      // The next page shows a removed chapter only for the work that was left in it.
      keep: ({ removedElsewhere = [], ...course }: CachedCourse, hasWork: HasWork) => ({
        ...course,
        removedElsewhere: removedElsewhere.filter(({ id }) => hasWork(id)),
      }),
      // Likewise for the whole course.
      keepsGone: ({ id, chapters, removedElsewhere = [] }: CachedCourse, hasWork: HasWork) =>
        [{ id }, ...chapters, ...removedElsewhere].some((place) => hasWork(place.id)),
    },
    gcTime: Number.POSITIVE_INFINITY,
  })
