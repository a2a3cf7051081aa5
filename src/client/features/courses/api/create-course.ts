import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

export function useCreateCourse() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) => request('POST /api/courses', { body: { title } }),
    onSuccess: (course) => {
      queryClient.setQueryData(queryKeys.course(course.id), course)
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}
