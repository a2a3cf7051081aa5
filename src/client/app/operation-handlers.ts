import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { Operation } from '#machines/history.ts'
import { discardSaving } from '#ui/name-draft.ts'
import { moveChapter } from '../features/chapters/api/move-chapter.ts'
import { retitleChapter } from '../features/chapters/api/retitle-chapter.ts'
import { chapterDraftKey } from '../features/chapters/chapter-changes.ts'
import { courseQuery } from '../features/courses/api/get-course.ts'
import { coursesQuery } from '../features/courses/api/list-courses.ts'
import { retitleCourse } from '../features/courses/api/retitle-course.ts'
import { courseScope } from '../features/courses/course-changes.ts'
import { courseDraftKey } from '../features/courses/course-draft.ts'
import type { OperationHandlers } from '../features/videos/undo-or-redo.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { makeChange } from '../lib/changes.ts'
import { ensureData } from '../lib/ensure-data.ts'
import { isGone } from '../lib/http.ts'
import { queryKeys } from '../lib/query-keys.ts'
import { ignore, removeAndClose, restoreAndRetry } from './chapter-operations.ts'
import { removeAndCloseAll, restoreCourseAndRetry } from './course-operations.ts'
import {
  type ChapterOperation,
  findLostChapter,
  findLostCourse,
  findShownChapter,
  findShownCourse,
} from './operation-targets.ts'
import { anchorChapter } from './scroll-anchor.ts'

/** Applies operations to chapters and courses. A refusal is shown at the chapter or course. */
export const createOperationHandlers = (
  queryClient: QueryClient,
  authoring: Authoring,
): OperationHandlers => ({
  chapter: {
    load(operation) {
      if (operation.entity !== 'chapter' || isRestoration(operation)) return undefined
      const query = courseQuery(operation.courseId)
      if (queryClient.getQueryData(query.queryKey)) return undefined
      return loadFor(queryClient, operation.courseId, () => ensureData(queryClient, query))
    },
    read(operation) {
      if (operation.entity !== 'chapter') return undefined
      const chapter = findShownChapter(queryClient, operation)
      if (operation.field !== 'isPresent') return chapter?.[operation.field]
      if (chapter) return true
      return findLostChapter(queryClient, operation) ? false : undefined
    },
    apply(operation) {
      if (operation.entity !== 'chapter') return
      const chapter =
        findShownChapter(queryClient, operation) ?? findLostChapter(queryClient, operation)
      if (chapter) applyToChapter(queryClient, authoring, chapter, operation).catch(ignore)
    },
  },
  course: {
    load(operation) {
      if (operation.entity !== 'course' || isRestoration(operation)) return undefined
      const { id } = operation
      const isKnown =
        findShownCourse(queryClient, id) || queryClient.getQueryData(queryKeys.courses)
      if (isKnown) return undefined
      return loadFor(queryClient, id, () => ensureData(queryClient, coursesQuery))
    },
    read(operation) {
      if (operation.entity !== 'course') return undefined
      const course = findShownCourse(queryClient, operation.id)
      if (operation.field !== 'isPresent') return course?.title
      if (course) return true
      return findLostCourse(queryClient, operation) ? false : undefined
    },
    apply(operation) {
      if (operation.entity !== 'course') return
      const course =
        findShownCourse(queryClient, operation.id) ?? findLostCourse(queryClient, operation)
      if (course) applyToCourse(queryClient, authoring, course, operation).catch(ignore)
    },
  },
})

/** The operation itself says what to restore. */
const isRestoration = ({ field, to }: Operation) => field === 'isPresent' && to === true

/** Loads something after the changes in flight of a course, which may be its restoration. */
const loadFor = (queryClient: QueryClient, courseId: string, load: () => Promise<unknown>) =>
  makeChange(queryClient, ['loads', courseId], undefined, {
    scope: courseScope(courseId),
    // That it is gone is a result, too.
    send: () => load().catch((error) => (isGone(error) ? undefined : Promise.reject(error))),
    applyResponse: async () => {},
    retries: 0,
  })

function applyToChapter(
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
  operation: ChapterOperation,
): Promise<unknown> {
  switch (operation.field) {
    case 'isPresent':
      return operation.to
        ? restoreAndRetry(queryClient, authoring, chapter)
        : removeAndClose(queryClient, authoring, chapter)
    case 'title':
      discardSaving(chapterDraftKey(chapter.id))
      return retitleChapter(queryClient, chapter, operation.to)
    case 'position':
      anchorChapter(chapter.id)
      return moveChapter(queryClient, chapter, { position: operation.to })
  }
}

async function applyToCourse(
  queryClient: QueryClient,
  authoring: Authoring,
  course: CourseSummary,
  { field, to }: Operation,
): Promise<unknown> {
  if (field === 'title') {
    discardSaving(courseDraftKey(course.id))
    return retitleCourse(queryClient, course, to)
  }
  if (to) return restoreCourseAndRetry(queryClient, authoring, course)
  return removeAndCloseAll(queryClient, authoring, course)
}
