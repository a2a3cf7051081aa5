import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/** Brings a removed course back, with its chapters. */
export function useRestoreCourse(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => request('POST /api/courses/{courseId}/restore', { params: { courseId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.courses }),
  })
}
