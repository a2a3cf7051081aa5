import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Updates the chapters of a cached course; does nothing if the course is not cached. */
export const updateChapters = (
  queryClient: QueryClient,
  courseId: string,
  update: (chapters: Chapter[]) => Chapter[],
) =>
  queryClient.setQueryData<Course>(
    queryKeys.course(courseId),
    (course) => course && { ...course, chapters: update(course.chapters) },
  )

/** Takes a chapter that was removed elsewhere off the page. */
export const forgetRemovedChapter = (
  queryClient: QueryClient,
  { id, courseId }: Pick<Chapter, 'id' | 'courseId'>,
) =>
  queryClient.setQueryData<Course & { removedElsewhere?: Chapter[] }>(
    queryKeys.course(courseId),
    (course) =>
      course && {
        ...course,
        removedElsewhere: course.removedElsewhere?.filter((chapter) => chapter.id !== id) ?? [],
      },
  )

/** The title of a chapter, if a course in the cache has it. */
export const findChapterTitle = (queryClient: QueryClient, chapterId: string): string | undefined =>
  queryClient
    .getQueriesData<Course | { courses: CourseSummary[] }>({ queryKey: queryKeys.courses })
    .flatMap(([, data]) => (data && 'chapters' in data ? data.chapters : []))
    .find(({ id }) => id === chapterId)?.title
