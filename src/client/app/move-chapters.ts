import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { moveChapter } from '../features/chapters/api/move-chapter.ts'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import type { ChapterPlace } from '../features/chapters/fold-chapters.ts'
import { findPrevious, placeAfter, placeOneStep } from '../features/chapters/place-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { ignore } from './chapter-operations.ts'
import { recordChange } from './record-change.ts'
import { anchorChapter } from './scroll-anchor.ts'

/** Moves a chapter up (-1) or down (1). */
export function moveOneStep(
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
  step: -1 | 1,
) {
  const shown = readShownChapters(queryClient, chapter.courseId)
  const place = placeOneStep(shown, chapter.id, step)
  if (place) moveToPlace(queryClient, authoring, chapter, place)
}

/**
 * Moves a chapter directly after another one.
 * @param after the id of that chapter; `null` for the start of the course
 * @param keptId the chapter that stays where it is in the window; the moved one by default
 */
export function moveChapterAfter(
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
  after: string | null,
  keptId?: string,
) {
  const shown = readShownChapters(queryClient, chapter.courseId)
  if (findPrevious(shown, chapter.id) === after) return
  moveToPlace(queryClient, authoring, chapter, placeAfter(shown, after, chapter.id), keptId)
}

/** Moves a chapter, and records that for undo at once; a refusal is shown at the chapter. */
export function moveToPlace(
  queryClient: QueryClient,
  authoring: Authoring,
  chapter: Chapter,
  place: ChapterPlace,
  keptId = chapter.id,
) {
  const { id, courseId, title: name, position: from } = chapter
  anchorChapter(keptId)
  const operation = {
    entity: 'chapter' as const,
    field: 'position' as const,
    id,
    courseId,
    from,
    to: place.position,
  }
  const moved = moveChapter(queryClient, chapter, place)
  void recordChange(authoring, { kind: 'chapter-move', name, operation }, moved).catch(ignore)
}
