import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'

/** A course as the server described it last, and which of its chapters it has described before. */
export interface CourseInCache extends Course {
  /** Chapters that somebody else has removed since. What was typed in them is still on the page. */
  removedElsewhere?: Chapter[] | undefined
}

/** Never collected: removing a course looks up here which chapter actors to stop. */
export const courseQuery = (courseId: string) =>
  queryOptions({
    queryKey: queryKeys.course(courseId),
    queryFn: async ({ client, signal }): Promise<CourseInCache> => {
      const course = await request('GET /api/courses/{courseId}', { params: { courseId }, signal })
      const before = client.getQueryData<CourseInCache>(queryKeys.course(courseId))
      const ids = new Set(course.chapters.map(({ id }) => id))
      const known = [...(before?.removedElsewhere ?? []), ...(before?.chapters ?? [])]
      return { ...course, removedElsewhere: known.filter(({ id }) => !ids.has(id)) }
    },
    gcTime: Number.POSITIVE_INFINITY,
  })
