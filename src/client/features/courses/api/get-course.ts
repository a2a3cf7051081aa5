import { queryOptions } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

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
    // Don't persist chapters removed elsewhere: only this page shows them.
    meta: { keep: ({ removedElsewhere: _shown, ...course }: CachedCourse) => course },
    gcTime: Number.POSITIVE_INFINITY,
  })
