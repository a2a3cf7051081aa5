import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'

/** Brings a removed chapter back, with its videos; `onRestored` runs once it is there. */
export function useRestoreChapter(
  { id, courseId }: Pick<Chapter, 'id' | 'courseId'>,
  onRestored: () => void,
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      request('POST /api/chapters/{chapterId}/restore', { params: { chapterId: id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.course(courseId) })
      void queryClient.invalidateQueries({ queryKey: queryKeys.videos(id) })
      onRestored()
    },
  })
}
