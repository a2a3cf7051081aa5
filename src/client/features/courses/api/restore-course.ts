import type { QueryClient } from '@tanstack/react-query'
import { changeNewest, removedVersion } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { makeCourseChange } from '../course-changes.ts'

/** Restores a removed course with its chapters. */
export const restoreCourse = (queryClient: QueryClient, course: CourseSummary): Promise<Course> =>
  makeCourseChange(
    queryClient,
    { kind: 'restore', course },
    {
      send: () =>
        changeNewest(removedVersion(course), (headers) =>
          request('POST /api/courses/{courseId}/restore', {
            params: { courseId: course.id },
            headers,
          }),
        ),
      applyAnswer: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: queryKeys.courses }),
          // While the course was removed, its chapters had no videos to load.
          queryClient.invalidateQueries({ queryKey: queryKeys.videoLists }),
        ]),
      retries: 3,
    },
  )
