import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { type ChangeRequest, makeChange, readChanges } from '#client/lib/changes.ts'
import { listPending, listRemoved, type MadeChange } from '#client/lib/made-changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { type ChapterChange, foldChapters } from './fold-chapters.ts'

export type MadeChapterChange = MadeChange<ChapterChange>

/** The changes of one chapter, and the renames of its title, are sent one after the other. */
export const chapterScope = (chapterId: string) => ({ id: `chapter ${chapterId}` })

/** Sends a change of a chapter, which is shown from now on. */
export const makeChapterChange = <Answer>(
  queryClient: QueryClient,
  change: ChapterChange,
  request: Omit<ChangeRequest<Answer>, 'scope'>,
): Promise<Answer> => {
  const { id, courseId } = change.chapter
  return makeChange(queryClient, chapterKey(courseId, id), change, {
    ...request,
    scope: chapterScope(id),
  })
}

/** The key of the changes of a course's chapters, or of one of them. */
export const chapterKey = (courseId: string, ...chapterId: string[]) => [
  'chapters',
  courseId,
  ...chapterId,
]

/** The chapters that a course shows now, in order; also those that others have removed. */
export function readShownChapters(queryClient: QueryClient, courseId: string): Chapter[] {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  const rows = [...(course?.chapters ?? []), ...(course?.removedElsewhere ?? [])]
  return foldChapters(rows, readPending(queryClient, courseId))
}

/** Of the chapters that are shown, those that take videos. */
export function readOpenChapters(queryClient: QueryClient, courseId: string): Chapter[] {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  return listOpen(readShownChapters(queryClient, courseId), course?.removedElsewhere ?? [])
}

/** Those of some chapters that the server has, and that nobody else has removed. */
export function listOpen(
  chapters: readonly Chapter[],
  removedElsewhere: readonly Chapter[],
): Chapter[] {
  const removedIds = new Set(removedElsewhere.map(({ id }) => id))
  return chapters.filter(({ id, version }) => version > 0 && !removedIds.has(id))
}

/**
 * The unconfirmed changes of a course's chapters, or of one of them, in the order they were made.
 */
export const readPending = (queryClient: QueryClient, courseId: string, ...chapterId: string[]) =>
  listPending(readChanges<ChapterChange>(queryClient, ...chapterKey(courseId, ...chapterId)))

/** Where to say that a change failed: at the chapter, or at the one that it was to be a copy of. */
export const failurePlace = (change: ChapterChange): string | undefined =>
  change.kind === 'create' ? change.copyOf : change.chapter.id

/** The ids of the chapters that were removed here, and not brought back since. */
export const listRemovedChapters = (queryClient: QueryClient): string[] =>
  listRemoved(readChanges<ChapterChange>(queryClient, 'chapters'), ({ chapter }) => chapter.id)

/** The key of a chapter's title among the drafts of names. */
export const chapterDraftKey = (chapterId: string) => `chapter ${chapterId}`
