import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Changes the chapters of a course as the cache has them; of one that it does not have, nothing. */
export const updateChapters = (
  queryClient: QueryClient,
  courseId: string,
  change: (chapters: Chapter[]) => Chapter[],
) =>
  queryClient.setQueryData<Course>(
    queryKeys.course(courseId),
    (course) => course && { ...course, chapters: change(course.chapters) },
  )
