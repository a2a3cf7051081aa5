import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../../../lib/http.ts'
import { queryKeys } from '../../../lib/query-keys.ts'

export function useRenameCourse(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      request('PATCH /api/courses/{courseId}', { params: { courseId }, body: { title } }),
    onSuccess: (course) => {
      queryClient.setQueryData(queryKeys.course(courseId), course)
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}
