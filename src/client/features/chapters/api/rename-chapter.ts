import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { titleMutation } from '#client/lib/rename-title.ts'
import type { Chapter } from '#contract/chapters.ts'
import { chapterScope } from '../chapter-changes.ts'
import { updateChapters } from '../course-cache.ts'

export function useRenameChapter({ id, courseId }: Pick<Chapter, 'id' | 'courseId'>) {
  const queryClient = useQueryClient()
  return useMutation({
    ...titleMutation(queryClient, id, (title, headers) =>
      request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers,
        body: { title },
      }),
    ),
    scope: chapterScope(id),
    onSuccess: async (renamed) => {
      // A refetch in flight would bring the old title back.
      await queryClient.cancelQueries({ queryKey: queryKeys.course(courseId) })
      updateChapters(queryClient, courseId, (chapters) =>
        chapters.map((chapter) => (chapter.id === id ? { ...chapter, ...renamed } : chapter)),
      )
    },
  })
}
