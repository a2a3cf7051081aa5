import { type QueryClient, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  forgetChange,
  listPending,
  makeChange,
  readChanges,
  useChanges,
} from '#client/lib/changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { coursesQuery } from './api/list-courses.ts'
import { type CourseChange, foldCourses } from './fold-courses.ts'

type Request<Answer> = Omit<Parameters<typeof makeChange<CourseChange, Answer>>[3], 'scope'>

const changeKey = (...courseId: string[]) => ['courses', ...courseId]

/** The changes of one course as a whole, and the renames of its title, are sent one after the other. */
export const courseScope = (courseId: string) => ({ id: `course ${courseId}` })

/** Sends a change of a course, which is shown from now on. */
export const makeCourseChange = <Answer>(
  queryClient: QueryClient,
  change: CourseChange,
  request: Request<Answer>,
): Promise<Answer> => {
  const { id } = change.course
  return makeChange(queryClient, changeKey(id), change, { ...request, scope: courseScope(id) })
}

/** The changes of all courses, or of one, since the page was loaded. */
const useCourseChanges = (...courseId: string[]) =>
  useChanges<CourseChange>(...changeKey(...courseId))

/** The courses to list, in order. */
export function useShownCourses(): CourseSummary[] {
  const { data: courses } = useSuspenseQuery(coursesQuery)
  const changes = useCourseChanges()
  return useMemo(() => foldCourses(courses, listPending(changes)), [courses, changes])
}

/** A course's title, with a change of it that the server has not confirmed. */
export function useShownTitle({ id, title }: Pick<Course, 'id' | 'title'>): string {
  const last = listPending(useCourseChanges(id)).findLast(({ kind }) => kind === 'retitle')
  return last?.kind === 'retitle' ? last.title : title
}

/** The same as `useShownCourses`, for an event. */
export function readShownCourses(queryClient: QueryClient): CourseSummary[] {
  const list = queryClient.getQueryData<{ courses: CourseSummary[] }>(queryKeys.courses)
  return foldCourses(list?.courses ?? [], listPending(readCourseChanges(queryClient)))
}

/** The changes of all courses, or of one, for an event. */
export const readCourseChanges = (queryClient: QueryClient, ...courseId: string[]) =>
  readChanges<CourseChange>(queryClient, ...changeKey(...courseId))

/** The last change of a course, if it failed and nothing was done about that yet. */
export function useCourseFailure(courseId: string) {
  const queryClient = useQueryClient()
  const last = useCourseChanges(courseId).at(-1)
  if (last?.status !== 'error') return undefined
  return { ...last, forget: () => forgetChange(queryClient, last) }
}

/** A course as a list shows it. */
export const toSummary = ({ chapters, ...course }: Course): CourseSummary => ({
  ...course,
  chapterCount: chapters.length,
  videoCount: chapters.reduce((sum, { videoCount = 0 }) => sum + videoCount, 0),
})
