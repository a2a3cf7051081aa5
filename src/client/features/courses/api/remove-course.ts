import type { QueryClient } from '@tanstack/react-query'
import { changeNewest } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { makeCourseChange } from '../course-changes.ts'

/** Removes a course with its chapters; `restoreCourse` undoes it. */
export const removeCourse = (queryClient: QueryClient, course: CourseSummary): Promise<void> =>
  makeCourseChange(
    queryClient,
    { kind: 'remove', course },
    {
      send: () =>
        changeNewest(course.version, (headers) =>
          request('DELETE /api/courses/{courseId}', { params: { courseId: course.id }, headers }),
        ),
      applyResponse: () =>
        queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true }),
      retries: 3,
    },
  )
