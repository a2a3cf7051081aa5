import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createOnce } from '#client/lib/creation-id.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

export function useCreateCourse() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      createOnce('courses', title, (id) => request('POST /api/courses', { body: { id, title } })),
    onSuccess: (course) => {
      queryClient.setQueryData(queryKeys.course(course.id), course)
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}
