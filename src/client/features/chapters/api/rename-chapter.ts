import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isVersionMismatch, request } from '#client/lib/http.ts'
import { noteOwnChange, versionToReplace } from '#client/lib/own-changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { updateChapters } from '../course-cache.ts'

/** Renames a chapter, one rename after the other. */
export function useRenameChapter({ id, courseId }: Pick<Chapter, 'id' | 'courseId'>) {
  const queryClient = useQueryClient()
  return useMutation({
    scope: { id: `rename ${id}` },
    mutationFn: async ({ title, version }: { title: string; version: number }) => {
      const replaced = versionToReplace(id, version)
      const chapter = await request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers: { 'if-match': `"${replaced}"` },
        body: { title },
      })
      noteOwnChange(id, version, chapter.version)
      return chapter
    },
    onError: (error) => {
      if (isVersionMismatch(error)) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
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
