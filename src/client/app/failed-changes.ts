import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { findTitledChapter, getFailureTarget } from '../features/chapters/chapter-changes.ts'
import type { ChapterChange } from '../features/chapters/fold-chapters.ts'
import { getCourseFailureTarget } from '../features/courses/course-changes.ts'
import type { CourseChange } from '../features/courses/fold-courses.ts'
import { describeVideos } from '../features/videos/describe-videos.ts'
import type { WaitingMove } from '../features/videos/move-videos.ts'
import { useChanges } from '../lib/changes.ts'
import { findFailures, type MadeChange } from '../lib/made-changes.ts'

/** A change of a whole chapter or course, or a move of videos, that failed. */
export interface FailedChange {
  /** The number of the change. */
  number: number
  /** The course or chapter that shows the failure. */
  placeId: string
  name: string
  text: string
}

const chapterFailures: Record<ChapterChange['kind'], string> = {
  create: 'Chapter not duplicated',
  move: 'Chapter not moved',
  retitle: 'Chapter not renamed',
  remove: 'Chapter not removed',
  restore: 'Chapter not restored',
}

const courseFailures: Record<CourseChange['kind'], string> = {
  remove: 'Course not removed',
  restore: 'Course not restored',
  retitle: 'Course not renamed',
  duplicate: 'Course not duplicated',
}

/** The failed changes that nothing was done about yet. */
export function useFailedChanges(): readonly FailedChange[] {
  const queryClient = useQueryClient()
  const courses = useChanges<CourseChange>('courses')
  const chapters = useChanges<ChapterChange>('chapters')
  const moves = useChanges<WaitingMove>('moves')
  return useMemo(
    () => [
      ...listFailures(courses, getCourseFailureTarget, (change) => ({
        name: (change.kind === 'duplicate' ? change.copyOf : change.course).title,
        text: courseFailures[change.kind],
      })),
      ...listFailures(chapters, getFailureTarget, ({ chapter, kind }) => ({
        name: readTitle(queryClient, chapter),
        text: chapterFailures[kind],
      })),
      ...moves
        .filter(({ status }) => status === 'error')
        .map(({ number, change }) => ({
          number,
          placeId: change.videos[0]?.chapterId ?? '',
          name: describeVideos(change.videos),
          text: 'Not moved',
        })),
    ],
    [queryClient, courses, chapters, moves],
  )
}

function listFailures<Change>(
  changes: readonly MadeChange<Change>[],
  toPlace: (change: Change) => string | undefined,
  describe: (change: Change) => Pick<FailedChange, 'name' | 'text'>,
): FailedChange[] {
  return [...findFailures(changes, toPlace)].map(([placeId, { number, change }]) => ({
    number,
    placeId,
    ...describe(change),
  }))
}

const readTitle = (queryClient: QueryClient, { id, title }: ChapterChange['chapter']) =>
  findTitledChapter(queryClient, id)?.title ?? title
