import type { QueryClient } from '@tanstack/react-query'
import { changeNewest } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchInFlight } from '#client/lib/refetch.ts'
import { replaceTitle } from '#client/lib/rename-title.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { makeCourseChange } from '../course-changes.ts'

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
          (headers) => patchTitle(courseId, title, headers),
          (found) => [course.title, title].includes(found),
        ),
      applyResponse: (renamed) => cacheRenamed(queryClient, renamed),
      retries: 3,
    },
  )
}

/**
 * Saves a title from its editor, and shows it immediately. Rejects if someone else has changed the
 * title since the editor was opened; only the editor shows why.
 */
export const saveCourseTitle = (
  queryClient: QueryClient,
  course: CourseSummary,
  typed: TypedName,
): Promise<Course | undefined> =>
  makeCourseChange(
    queryClient,
    { kind: 'retitle', course, title: typed.name, isTyped: true },
    {
      send: () =>
        replaceTitle(queryClient, course.id, typed, (headers) =>
          patchTitle(course.id, typed.name, headers),
        ),
      applyResponse: (renamed) =>
        renamed
          ? cacheRenamed(queryClient, renamed)
          : queryClient.invalidateQueries({ queryKey: queryKeys.courses }),
      retries: 0,
    },
  )

const patchTitle = (courseId: string, title: string, headers: { 'if-match': string }) =>
  request('PATCH /api/courses/{courseId}', { params: { courseId }, headers, body: { title } })

async function cacheRenamed(queryClient: QueryClient, course: Course) {
  const queryKey = queryKeys.course(course.id)
  queryClient.setQueryData<Course>(queryKey, (cached) =>
    cached && cached.version > course.version ? cached : { ...cached, ...course },
  )
  refetchInFlight(queryClient, queryKey)
  await queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
}
