import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { useLatestMutation } from '#client/lib/query-client.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course } from '#contract/courses.ts'

const mutationKey = (courseId: string) => ['courses', courseId, 'remove']

/** Removes a course. `onChapterRemoved` runs afterwards for each of its chapters in the cache. */
export function useRemoveCourse(courseId: string, onChapterRemoved: (chapterId: string) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: mutationKey(courseId),
    mutationFn: () => request('DELETE /api/courses/{courseId}', { params: { courseId } }),
    onSuccess: async () => {
      const course = queryClient.getQueryData<Course>(queryKeys.course(courseId))
      for (const { id } of course?.chapters ?? []) onChapterRemoved(id)
      await queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
      queryClient.removeQueries({ queryKey: queryKeys.course(courseId) })
    },
  })
}

/** The latest attempt to remove a course, by any component, or `undefined`. */
export const useCourseRemoval = (courseId: string) => useLatestMutation(mutationKey(courseId))
