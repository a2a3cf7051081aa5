import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { useLatestMutation } from '#client/lib/query-client.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { dropChapter } from '../course-cache.ts'

const mutationKey = (chapterId: string) => ['chapters', chapterId, 'remove']

/** Removes a chapter. `onRemoved` runs even if the component that asked has been unmounted. */
export function useRemoveChapter(
  { id, courseId }: Pick<Chapter, 'id' | 'courseId'>,
  onRemoved: (chapterId: string) => void,
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: mutationKey(id),
    mutationFn: () => request('DELETE /api/chapters/{chapterId}', { params: { chapterId: id } }),
    onSuccess: async () => {
      await queryClient.cancelQueries({ queryKey: queryKeys.course(courseId) })
      dropChapter(queryClient, { id, courseId })
      onRemoved(id)
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}

/** The latest attempt to remove a chapter, by any component, or `undefined`. */
export const useChapterRemoval = (chapterId: string) => useLatestMutation(mutationKey(chapterId))
