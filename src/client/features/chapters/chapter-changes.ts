import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { type ChangeRequest, makeChange, readChanges } from '#client/lib/changes.ts'
import { listPending, listRemoved, type MadeChange } from '#client/lib/made-changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { findChapter } from './course-cache.ts'
import { type ChapterChange, foldChapters } from './fold-chapters.ts'

export type MadeChapterChange = MadeChange<ChapterChange>

/** Serializes the changes to one chapter. */
const chapterScope = (chapterId: string) => ({ id: `chapter ${chapterId}` })

/** Sends a change to a chapter and shows it immediately. */
export const makeChapterChange = <Result>(
  queryClient: QueryClient,
  change: ChapterChange,
  request: Omit<ChangeRequest<Result>, 'scope'>,
): Promise<Result> => {
  const { id, courseId } = change.chapter
  return makeChange(queryClient, chapterKey(courseId, id), change, {
    ...request,
    scope: chapterScope(id),
  })
}

/** The key of the changes to a course's chapters, or to one of them. */
export const chapterKey = (courseId: string, ...chapterId: string[]) => [
  'chapters',
  courseId,
  ...chapterId,
]

/** The chapters that a course currently shows, in order, including those removed by others. */
export function readShownChapters(queryClient: QueryClient, courseId: string): Chapter[] {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  const rows = [...(course?.chapters ?? []), ...(course?.removedElsewhere ?? [])]
  return foldChapters(rows, readPending(queryClient, courseId))
}

/** Finds a chapter in the cached courses, with the title that is shown. */
export function findTitledChapter(
  queryClient: QueryClient,
  chapterId: string,
): Chapter | undefined {
  const chapter = findChapter(queryClient, chapterId)
  const shown = chapter && readShownChapters(queryClient, chapter.courseId)
  return shown?.find(({ id }) => id === chapterId) ?? chapter
}

/** The shown chapters that accept videos. */
export function readOpenChapters(queryClient: QueryClient, courseId: string): Chapter[] {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  return listOpen(readShownChapters(queryClient, courseId), course?.removedElsewhere ?? [])
}

/** Keeps only the chapters that the server already has and that nobody else has removed. */
export function listOpen(
  chapters: readonly Chapter[],
  removedElsewhere: readonly Chapter[],
): Chapter[] {
  const removedIds = new Set(removedElsewhere.map(({ id }) => id))
  return chapters.filter(({ id, version }) => version > 0 && !removedIds.has(id))
}

/**
 * The unconfirmed changes to a course's chapters, or to one of them, in the order they were made.
 */
export const readPending = (queryClient: QueryClient, courseId: string, ...chapterId: string[]) =>
  listPending(readChanges<ChapterChange>(queryClient, ...chapterKey(courseId, ...chapterId)))

/**
 * The id of the chapter that shows why a change failed: for a duplicate, the original. `undefined`
 * if the form in which the title was typed shows it.
 */
export function getFailureTarget(change: ChapterChange): string | undefined {
  if (change.kind === 'create') return change.copyOf
  return change.kind === 'retitle' && change.isTyped ? undefined : change.chapter.id
}

/** The ids of the chapters removed here and not restored since. */
export const listRemovedChapters = (queryClient: QueryClient): string[] =>
  listRemoved(readChanges<ChapterChange>(queryClient, 'chapters'), ({ chapter }) => chapter.id)

/** The key of a chapter's title in the name drafts. */
export const chapterDraftKey = (chapterId: string) => `chapter ${chapterId}`
