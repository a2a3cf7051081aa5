import type { QueryClient } from '@tanstack/react-query'
import type { Course, CourseSummary } from '#contract/courses.ts'
import type { Operation } from '#machines/history.ts'
import { chapterKey, readShownChapters } from '../features/chapters/chapter-changes.ts'
import type { ChapterChange } from '../features/chapters/fold-chapters.ts'
import { readCourseChanges, readShownCourses } from '../features/courses/course-changes.ts'
import { foldCourses } from '../features/courses/fold-courses.ts'
import { toSummary } from '../features/courses/to-summary.ts'
import type { CachedCourse } from '../lib/cached-course.ts'
import { readChanges } from '../lib/changes.ts'
import { listPending } from '../lib/made-changes.ts'
import { queryKeys } from '../lib/query-keys.ts'

export type ChapterOperation = Extract<Operation, { entity: 'chapter' }>
export type CourseOperation = Extract<Operation, { entity: 'course' }>

/** A chapter that its course shows, and that nobody else has removed. */
export function findShownChapter(queryClient: QueryClient, { id, courseId }: ChapterOperation) {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  if (course?.removedElsewhere?.some((chapter) => chapter.id === id)) return undefined
  return readShownChapters(queryClient, courseId).find((chapter) => chapter.id === id)
}

/** A chapter as it was when it was removed, on this page or an earlier one. */
export function findLostChapter(queryClient: QueryClient, operation: ChapterOperation) {
  const key = chapterKey(operation.courseId, operation.id)
  const last = readChanges<ChapterChange>(queryClient, ...key).at(-1)?.change.chapter
  return last ?? (operation.field === 'isPresent' ? operation.row : undefined)
}

/** A course as it was when it was removed, on this page or an earlier one. */
export function findLostCourse(queryClient: QueryClient, operation: CourseOperation) {
  const last = readCourseChanges(queryClient, operation.id).at(-1)?.change.course
  return last ?? (operation.field === 'isPresent' ? operation.row : undefined)
}

export function findShownCourse(
  queryClient: QueryClient,
  courseId: string,
): CourseSummary | undefined {
  const listed = readShownCourses(queryClient).find(({ id }) => id === courseId)
  if (listed) return listed
  // The list may not have been loaded yet.
  if (queryClient.getQueryData(queryKeys.courses)) return undefined
  const course = queryClient.getQueryData<Course>(queryKeys.course(courseId))
  const pending = listPending(readCourseChanges(queryClient, courseId))
  return foldCourses(course ? [toSummary(course)] : [], pending).find(({ id }) => id === courseId)
}
