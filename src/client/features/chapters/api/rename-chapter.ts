import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isVersionMismatch, request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { updateChapters } from '../course-cache.ts'

export function useRenameChapter({ id, courseId, version }: Chapter) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers: { 'if-match': `"${version}"` },
        body: { title },
      }),
    onError: async (error) => {
      // The next try is for the version that is there now.
      if (isVersionMismatch(error)) {
        await queryClient.invalidateQueries({ queryKey: queryKeys.courses })
      }
    },
    onSuccess: async (renamed) => {
      // A refetch in flight would bring the old title back.
      await queryClient.cancelQueries({ queryKey: queryKeys.course(courseId) })
      updateChapters(queryClient, courseId, (chapters) =>
        chapters.map((chapter) => (chapter.id === id ? renamed : chapter)),
      )
    },
  })
}
