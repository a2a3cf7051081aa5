import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createOnce, createOrRename } from '#client/lib/creation-id.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { readShownCourses } from '../course-changes.ts'

/** The key of a new course's title in the name drafts. */
export const newCourseKey = 'new course'

export function useCreateCourse() {
  const queryClient = useQueryClient()
  const hasArrived = (id: string) =>
    readShownCourses(queryClient).some((course) => course.id === id)
  return useMutation({
    mutationFn: (title: string) =>
      createOnce({ field: newCourseKey, title, hasArrived }, (id) => sendCreation(id, title)),
    onSuccess: (course) => {
      queryClient.setQueryData(queryKeys.course(course.id), course)
      return queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
    },
  })
}

const sendCreation = (id: string, title: string) =>
  createOrRename(
    () => request('POST /api/courses', { body: { id, title } }),
    (headers) =>
      request('PATCH /api/courses/{courseId}', {
        params: { courseId: id },
        headers,
        body: { title },
      }),
  )
