import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { titleMutation } from '#client/lib/rename-title.ts'
import type { Course } from '#contract/courses.ts'

export function useRenameCourse(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    ...titleMutation(queryClient, courseId, (title, headers) =>
      request('PATCH /api/courses/{courseId}', { params: { courseId }, headers, body: { title } }),
    ),
    onSuccess: async (course) => {
      // A refetch in flight would bring the old title back.
      await queryClient.cancelQueries({ queryKey: queryKeys.course(courseId) })
      queryClient.setQueryData<Course>(queryKeys.course(courseId), (before) => ({
        ...before,
        ...course,
      }))
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}
