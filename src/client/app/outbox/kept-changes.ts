import type { QueryClient } from '@tanstack/react-query'
import { chapterSchema } from '#contract/chapters.ts'
import { courseSummarySchema } from '#contract/courses.ts'
import { z } from '#contract/zod.ts'
import { createChapter } from '../../features/chapters/api/create-chapter.ts'
import { moveChapter } from '../../features/chapters/api/move-chapter.ts'
import { removeChapter } from '../../features/chapters/api/remove-chapter.ts'
import { restoreChapter } from '../../features/chapters/api/restore-chapter.ts'
import { retitleChapter } from '../../features/chapters/api/retitle-chapter.ts'
import type { ChapterChange } from '../../features/chapters/fold-chapters.ts'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { removeCourse } from '../../features/courses/api/remove-course.ts'
import { restoreCourse } from '../../features/courses/api/restore-course.ts'
import { retitleCourse } from '../../features/courses/api/retitle-course.ts'
import type { CourseChange } from '../../features/courses/fold-courses.ts'
import { readUnconfirmed } from '../../lib/changes.ts'

/** One that is still being created has version 0. */
const keptChapterSchema = chapterSchema.extend({ version: z.int().nonnegative() })

export const placeSchema = z.object({
  position: z.string(),
  after: z.string().nullable().exactOptional(),
})

/** The changes of chapters and courses that the server has not confirmed, or has refused. */
export const keptChangesSchema = z.object({
  courses: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('retitle'), course: courseSummarySchema, title: z.string() }),
      z.object({ kind: z.enum(['remove', 'restore']), course: courseSummarySchema }),
    ]),
  ),
  chapters: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('create'),
        chapter: keptChapterSchema,
        copyOf: z.union([z.string(), z.undefined()]),
      }),
      z.object({ kind: z.literal('move'), chapter: keptChapterSchema, place: placeSchema }),
      z.object({ kind: z.literal('retitle'), chapter: keptChapterSchema, title: z.string() }),
      z.object({ kind: z.enum(['remove', 'restore']), chapter: keptChapterSchema }),
    ]),
  ),
})

export type KeptChanges = z.infer<typeof keptChangesSchema>

/** Reads them in the order in which they were made. */
export const readKeptChanges = (queryClient: QueryClient): KeptChanges => ({
  courses: readUnconfirmed(queryClient, 'courses') as CourseChange[],
  chapters: readUnconfirmed(queryClient, 'chapters') as ChapterChange[],
})

/** Makes them again, in the same order. One that had arrived is not made twice. */
export function resumeChanges(queryClient: QueryClient, { courses, chapters }: KeptChanges): void {
  for (const change of courses) makeCourseChange(queryClient, change).catch(showAtPlace)
  for (const change of chapters) makeChapterChange(queryClient, change).catch(showAtPlace)
}

/** What failed is shown by whoever folds the changes. */
const showAtPlace = () => {}

function makeCourseChange(
  queryClient: QueryClient,
  change: KeptChanges['courses'][number],
): Promise<unknown> {
  switch (change.kind) {
    case 'retitle':
      return retitleCourse(queryClient, change.course, change.title)
    case 'remove':
      return removeCourse(queryClient, change.course)
    case 'restore':
      return restoreCourse(queryClient, change.course)
  }
}

function makeChapterChange(
  queryClient: QueryClient,
  change: KeptChanges['chapters'][number],
): Promise<unknown> {
  const { chapter } = change
  switch (change.kind) {
    case 'create': {
      const { id, courseId, title, position } = chapter
      const copyOf = change.copyOf === undefined ? {} : { copyOf: change.copyOf }
      const created = { id, courseId, title, place: { position }, ...copyOf }
      // Its title was typed on the earlier page, whose form is kept until it is created.
      return createChapter(queryClient, created).then(() => useNewChapters.getState().close(id))
    }
    case 'move':
      return moveChapter(queryClient, chapter, change.place)
    case 'retitle':
      return retitleChapter(queryClient, chapter, change.title)
    case 'remove':
      return removeChapter(queryClient, chapter)
    case 'restore':
      return restoreChapter(queryClient, chapter)
  }
}
