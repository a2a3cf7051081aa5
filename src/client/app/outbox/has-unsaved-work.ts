import type { QueryClient } from '@tanstack/react-query'
import { listTypedNames } from '#ui/name-draft.ts'
import { chapterDraftKey } from '../../features/chapters/chapter-changes.ts'
import {
  appendChapterDraftKey,
  newChapterKey,
  useNewChapters,
} from '../../features/chapters/new-chapters.store.ts'
import { courseDraftKey } from '../../features/courses/course-draft.ts'
import { hasUnsentChangesIn } from '../../features/videos/unsaved-videos.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readKeptChanges } from './kept-changes.ts'

/**
 * Whether the page has work in a course or a chapter that the server does not have: changes to it or
 * to the chapter's videos, or text that is being typed.
 */
export function hasUnsavedWork(
  authoring: Authoring,
  queryClient: QueryClient,
  id: string,
): boolean {
  const { slots } = useNewChapters.getState()
  const fields = [
    courseDraftKey(id),
    chapterDraftKey(id),
    appendChapterDraftKey(id),
    ...slots.flatMap((slot) => (slot.courseId === id ? newChapterKey(slot.id) : [])),
  ]
  const { courses, chapters } = readKeptChanges(queryClient)
  return (
    hasUnsentChangesIn(authoring, id) ||
    listTypedNames().some((key) => fields.includes(key)) ||
    courses.some(({ course }) => course.id === id) ||
    chapters.some(({ chapter }) => chapter.id === id)
  )
}
