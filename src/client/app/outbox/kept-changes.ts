import type { QueryClient } from '@tanstack/react-query'
import { type Chapter, chapterSchema } from '#contract/chapters.ts'
import { courseSummarySchema } from '#contract/courses.ts'
import { z } from '#contract/zod.ts'
import { clearNewName, type KeptName, readNameDrafts } from '#ui/name-draft.ts'
import { type NameSaver, saveDraft } from '#ui/save-draft.ts'
import { createChapter } from '../../features/chapters/api/create-chapter.ts'
import { moveChapter } from '../../features/chapters/api/move-chapter.ts'
import { removeChapter } from '../../features/chapters/api/remove-chapter.ts'
import { restoreChapter } from '../../features/chapters/api/restore-chapter.ts'
import { retitleChapter, saveChapterTitle } from '../../features/chapters/api/retitle-chapter.ts'
import { chapterDraftKey, getFailureTarget } from '../../features/chapters/chapter-changes.ts'
import type { ChapterChange } from '../../features/chapters/fold-chapters.ts'
import {
  appendChapterDraftKey,
  newChapterKey,
  useNewChapters,
} from '../../features/chapters/new-chapters.store.ts'
import { duplicateCourse } from '../../features/courses/api/duplicate-course.ts'
import { removeCourse } from '../../features/courses/api/remove-course.ts'
import { restoreCourse } from '../../features/courses/api/restore-course.ts'
import { retitleCourse, saveCourseTitle } from '../../features/courses/api/retitle-course.ts'
import { getCourseFailureTarget, readCourseChanges } from '../../features/courses/course-changes.ts'
import { courseDraftKey } from '../../features/courses/course-draft.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readChanges } from '../../lib/changes.ts'
import { resumeCreation } from '../../lib/creation-id.ts'
import { listUnfinished } from '../../lib/made-changes.ts'
import { titleFailures } from '../../lib/rename-title.ts'
import { resumeDuplicate } from '../fill-copy.ts'

/** A chapter or course that is still being created has version 0. */
const keptChapterSchema = chapterSchema.extend({ version: z.int().nonnegative() })

export const placeSchema = z.object({
  position: z.string(),
  after: z.string().nullable().exactOptional(),
})

const keptCourseSchema = courseSummarySchema.extend({ version: z.int().nonnegative() })

/** The changes to chapters and courses that the server has not confirmed, or has refused. */
export const keptChangesSchema = z.object({
  courses: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('retitle'),
        course: courseSummarySchema,
        title: z.string(),
        isTyped: z.boolean().optional(),
      }),
      z.object({ kind: z.enum(['remove', 'restore']), course: keptCourseSchema }),
      z.object({
        kind: z.literal('duplicate'),
        course: keptCourseSchema,
        copyOf: courseSummarySchema,
      }),
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
      z.object({
        kind: z.literal('retitle'),
        chapter: keptChapterSchema,
        title: z.string(),
        isTyped: z.boolean().optional(),
      }),
      z.object({ kind: z.enum(['remove', 'restore']), chapter: keptChapterSchema }),
    ]),
  ),
})

export type KeptChanges = z.infer<typeof keptChangesSchema>

/** Reads these changes, in the order in which they were made. */
export const readKeptChanges = (queryClient: QueryClient): KeptChanges => ({
  courses: listUnfinished(readCourseChanges(queryClient), getCourseFailureTarget),
  chapters: listUnfinished(readChanges<ChapterChange>(queryClient, 'chapters'), chapterPlace),
})

/** A chapter that could not be created matters for as long as a field still has its title. */
function chapterPlace(change: ChapterChange): string | undefined {
  if (change.kind !== 'create' || change.copyOf !== undefined) return getFailureTarget(change)
  return findTitleField(change.chapter) ? change.chapter.id : undefined
}

/** Clears the field in which a chapter was titled, once the chapter is created. */
function clearTitleField(chapter: Chapter) {
  const field = findTitleField(chapter)
  if (field?.key === appendChapterDraftKey(chapter.courseId)) clearNewName(field.key)
  else useNewChapters.getState().close(chapter.id)
}

/** The field that a chapter is being created from, if it still has the chapter's title. */
function findTitleField({ id, courseId, title }: Chapter): KeptName | undefined {
  const keys = [newChapterKey(id), appendChapterDraftKey(courseId)]
  return readNameDrafts().find(({ key, text }) => keys.includes(key) && text === title)
}

/** Makes them again, in the same order. A change that had already arrived is not made twice. */
export function resumeChanges(
  queryClient: QueryClient,
  { courses, chapters }: KeptChanges,
  authoring: Authoring,
): void {
  for (const change of courses) makeCourseChange(queryClient, change).catch(ignore)
  for (const change of chapters) {
    makeChapterChange(queryClient, change, authoring).catch(ignore)
  }
}

/** Failures are shown by the components that fold the changes. */
const ignore = () => {}

function makeCourseChange(
  queryClient: QueryClient,
  change: KeptChanges['courses'][number],
): Promise<unknown> {
  switch (change.kind) {
    case 'retitle':
      return resumeRetitle(change, courseDraftKey(change.course.id), change.course.title, {
        save: (typed) => saveCourseTitle(queryClient, change.course, typed),
        saveUntyped: () => retitleCourse(queryClient, change.course, change.title),
      })
    case 'remove':
      return removeCourse(queryClient, change.course)
    case 'restore':
      return restoreCourse(queryClient, change.course)
    case 'duplicate':
      return duplicateCourse(queryClient, change.course, change.copyOf)
  }
}

function makeChapterChange(
  queryClient: QueryClient,
  change: KeptChanges['chapters'][number],
  authoring: Authoring,
): Promise<unknown> {
  const { chapter } = change
  switch (change.kind) {
    case 'create': {
      const { id, courseId, title, position } = chapter
      const { copyOf } = change
      const created = { id, courseId, title, place: { position } }
      if (copyOf !== undefined) {
        return resumeDuplicate(queryClient, authoring, { ...created, copyOf })
      }
      const create = async () => {
        await createChapter(queryClient, created)
        clearTitleField(chapter)
      }
      const field = findTitleField(chapter)?.key
      if (field !== appendChapterDraftKey(courseId)) return create()
      return resumeCreation({ field, title }, id, create)
    }
    case 'move':
      return moveChapter(queryClient, chapter, change.place)
    case 'retitle':
      return resumeRetitle(change, chapterDraftKey(chapter.id), chapter.title, {
        save: (typed) => saveChapterTitle(queryClient, chapter, typed),
        saveUntyped: () => retitleChapter(queryClient, chapter, change.title),
      })
    case 'remove':
      return removeChapter(queryClient, chapter)
    case 'restore':
      return restoreChapter(queryClient, chapter)
  }
}

/** Saves a title again from its editor if that still has it, so that the form shows a failure. */
function resumeRetitle(
  { title, isTyped = false }: { title: string; isTyped?: boolean | undefined },
  draftKey: string,
  shown: string,
  { save, saveUntyped }: Pick<NameSaver, 'save'> & { saveUntyped: () => Promise<unknown> },
): Promise<unknown> {
  const isHeld = readNameDrafts().some(({ key, text }) => key === draftKey && text === title)
  if (!isTyped || !isHeld) return saveUntyped()
  return saveDraft(draftKey, title, shown, { ...titleFailures, save })
}
