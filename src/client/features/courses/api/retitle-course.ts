import type { QueryClient } from '@tanstack/react-query'
import { changeNewest } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { makeCourseChange } from '../course-changes.ts'
import { cacheRenamed } from './rename-course.ts'

/**
 * Changes a course's title and shows the new one immediately. Rejects if someone else has given
 * it a different one in the meantime.
 */
export const retitleCourse = (
  queryClient: QueryClient,
  course: CourseSummary,
  title: string,
): Promise<Course> => {
  const { id: courseId, version } = course
  return makeCourseChange(
    queryClient,
    { kind: 'retitle', course, title },
    {
      send: () =>
        changeNewest(
          version,
          (headers) =>
            request('PATCH /api/courses/{courseId}', {
              params: { courseId },
              headers,
              body: { title },
            }),
          (found) => [course.title, title].includes(found),
        ),
      applyResponse: (renamed) => cacheRenamed(queryClient, renamed),
      retries: 3,
    },
  )
}
