import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Course } from '../../../../contract/courses.ts'
import { request } from '../../../lib/http.ts'
import { queryKeys } from '../../../lib/query-keys.ts'

export function useCreateChapter(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (title: string) =>
      request('POST /api/courses/{courseId}/chapters', { params: { courseId }, body: { title } }),
    onSuccess: (chapter) => {
      queryClient.setQueryData<Course>(queryKeys.course(courseId), (course) =>
        course && !course.chapters.some(({ id }) => id === chapter.id)
          ? { ...course, chapters: [...course.chapters, chapter] }
          : course,
      )
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    },
  })
}
