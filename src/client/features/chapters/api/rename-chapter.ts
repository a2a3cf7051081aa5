import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { titleMutationOptions } from '#client/lib/rename-title.ts'
import type { Chapter } from '#contract/chapters.ts'
import { chapterScope } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'

export function useRenameChapter({ id }: Pick<Chapter, 'id'>) {
  const queryClient = useQueryClient()
  return useMutation({
    ...titleMutationOptions(queryClient, id, (title, headers) =>
      request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers,
        body: { title },
      }),
    ),
    scope: chapterScope(id),
    onSuccess: (renamed) => upsertChapter(queryClient, renamed),
  })
}
