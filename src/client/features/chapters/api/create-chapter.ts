import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createOnce } from '#client/lib/creation-id.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { updateChapters } from '../course-cache.ts'

export function useCreateChapter(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      createOnce(courseId, title, (id) =>
        request('POST /api/courses/{courseId}/chapters', {
          params: { courseId },
          body: { id, title },
        }),
      ),
    onSuccess: (chapter) => {
      updateChapters(queryClient, courseId, (chapters) =>
        chapters.some(({ id }) => id === chapter.id) ? chapters : [...chapters, chapter],
      )
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    },
  })
}
