import type { QueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { makeCourseChange } from '../course-changes.ts'

/**
 * Creates a course with the chapters and videos that another one has on the server; it is listed
 * immediately.
 * @param course the new one
 */
export const duplicateCourse = (
  queryClient: QueryClient,
  course: CourseSummary,
  copyOf: CourseSummary,
): Promise<Course> =>
  makeCourseChange(
    queryClient,
    { kind: 'duplicate', course, copyOf },
    {
      send: () =>
        request('POST /api/courses', {
          body: { id: course.id, title: course.title, copyOf: copyOf.id },
        }),
      applyResponse: (created) => {
        queryClient.setQueryData(queryKeys.course(created.id), created)
        return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
      },
      retries: 3,
    },
  )
