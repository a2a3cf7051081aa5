import type { QueryClient } from '@tanstack/react-query'
import { changeNewest, removedVersion, unknownVersion } from '#client/lib/change-newest.ts'
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
      send: () => sendRestoration(course.id, removedVersion(course)),
      applyResponse: () => refetchRestored(queryClient),
      retries: 3,
    },
  )

/** Restores a course that the page knows nothing of but its id. */
export async function restoreUnknownCourse(
  queryClient: QueryClient,
  courseId: string,
): Promise<Course> {
  const restored = await sendRestoration(courseId, unknownVersion)
  queryClient.setQueryData(queryKeys.course(courseId), restored)
  void refetchRestored(queryClient)
  return restored
}

const sendRestoration = (courseId: string, version: number): Promise<Course> =>
  changeNewest(version, (headers) =>
    request('POST /api/courses/{courseId}/restore', { params: { courseId }, headers }),
  )

const refetchRestored = (queryClient: QueryClient) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: queryKeys.courses }),
    // While the course was removed, its chapters had no videos to load.
    queryClient.invalidateQueries({ queryKey: queryKeys.videoLists }),
  ])
