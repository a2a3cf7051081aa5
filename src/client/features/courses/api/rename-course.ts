import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isVersionMismatch, request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course } from '#contract/courses.ts'

export function useRenameCourse({ id: courseId, version }: Pick<Course, 'id' | 'version'>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      request('PATCH /api/courses/{courseId}', {
        params: { courseId },
        headers: { 'if-match': `"${version}"` },
        body: { title },
      }),
    onError: async (error) => {
      // The next try is for the version that is there now.
      if (isVersionMismatch(error)) {
        await queryClient.invalidateQueries({ queryKey: queryKeys.courses })
      }
    },
    onSuccess: async (course) => {
      // A refetch in flight would bring the old title back.
      await queryClient.cancelQueries({ queryKey: queryKeys.course(courseId) })
      queryClient.setQueryData(queryKeys.course(courseId), course)
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}
