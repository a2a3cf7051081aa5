import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isVersionMismatch, request } from '#client/lib/http.ts'
import { noteOwnChange, versionToReplace } from '#client/lib/own-changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course } from '#contract/courses.ts'

/** Renames a course, one rename after the other. */
export function useRenameCourse(courseId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    scope: { id: `rename ${courseId}` },
    mutationFn: async ({ title, version }: { title: string; version: number }) => {
      const replaced = versionToReplace(courseId, version)
      const course = await request('PATCH /api/courses/{courseId}', {
        params: { courseId },
        headers: { 'if-match': `"${replaced}"` },
        body: { title },
      })
      noteOwnChange(courseId, version, course.version)
      return course
    },
    onError: (error) => {
      if (isVersionMismatch(error)) {
        void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
      }
    },
    onSuccess: async (course) => {
      // A refetch in flight would bring the old title back.
      await queryClient.cancelQueries({ queryKey: queryKeys.course(courseId) })
      queryClient.setQueryData<Course>(queryKeys.course(courseId), (before) => ({
        ...before,
        ...course,
      }))
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}
