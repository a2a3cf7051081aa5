import { type QueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ChangeRequest, makeChange, readChanges, useChanges } from '#client/lib/changes.ts'
import {
  findFailures,
  listPending,
  listRemoved,
  type MadeChange,
} from '#client/lib/made-changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { useNameDrafts } from '#ui/name-draft.ts'
import { type CourseList, coursesQuery } from './api/list-courses.ts'
import { courseDraftKey } from './course-draft.ts'
import { type CourseChange, foldCourses } from './fold-courses.ts'

export type MadeCourseChange = MadeChange<CourseChange>

const changeKey = (...courseId: string[]) => ['courses', ...courseId]

/** Serializes the changes to one course as a whole. */
export const courseScope = (courseId: string) => ({ id: `course ${courseId}` })

/** Sends a change to a course and shows it immediately. */
export const makeCourseChange = <Result>(
  queryClient: QueryClient,
  change: CourseChange,
  request: Omit<ChangeRequest<Result>, 'scope'>,
): Promise<Result> => {
  const { id } = change.course
  return makeChange(queryClient, changeKey(id), change, { ...request, scope: courseScope(id) })
}

/** The changes made to all courses, or to one, since the page was loaded. */
const useCourseChanges = (...courseId: string[]) =>
  useChanges<CourseChange>(...changeKey(...courseId))

/**
 * The courses to list, in order, and the latest failed change of each, by course id. A course that
 * someone else has removed is listed for as long as the editor of its title is open.
 */
export function useShownCourses() {
  const { data } = useSuspenseQuery({ ...coursesQuery, select: keepList })
  const changes = useCourseChanges()
  const drafts = useNameDrafts((state) => state.drafts)
  return useMemo(() => {
    const removedHere = new Set(listRemoved(changes, ({ course }) => course.id))
    const removed = (data.removed ?? []).filter(
      ({ id }) => courseDraftKey(id) in drafts && !removedHere.has(id),
    )
    return {
      courses: foldCourses([...data.courses, ...removed], listPending(changes)),
      removedIds: new Set(removed.map(({ id }) => id)),
      failures: findFailures(changes, getCourseFailureTarget),
    }
  }, [data, changes, drafts])
}

const keepList = (list: CourseList) => list

/** A course's title and its latest failed change. */
export function useShownCourse({ id, title }: Pick<Course, 'id' | 'title'>) {
  const changes = useCourseChanges(id)
  const last = listPending(changes).findLast(({ kind }) => kind === 'retitle')
  return {
    title: last?.kind === 'retitle' ? last.title : title,
    failure: findFailures(changes, getCourseFailureTarget).get(id),
  }
}

/**
 * The id of the course that shows why a change failed: for a duplicate, the original. `undefined`
 * if the form in which the title was typed shows it.
 */
export function getCourseFailureTarget(change: CourseChange): string | undefined {
  if (change.kind === 'duplicate') return change.copyOf.id
  return change.kind === 'retitle' && change.isTyped ? undefined : change.course.id
}

/** The courses to list, for an event handler. */
export function readShownCourses(queryClient: QueryClient): CourseSummary[] {
  const list = queryClient.getQueryData<CourseList>(queryKeys.courses)
  return foldCourses(list?.courses ?? [], listPending(readCourseChanges(queryClient)))
}

/** The changes made to all courses, or to one, for an event handler. */
export const readCourseChanges = (queryClient: QueryClient, ...courseId: string[]) =>
  readChanges<CourseChange>(queryClient, ...changeKey(...courseId))

/** The ids of the courses removed here and not restored since. */
export const listRemovedCourses = (queryClient: QueryClient): string[] =>
  listRemoved(readCourseChanges(queryClient), ({ course }) => course.id)
