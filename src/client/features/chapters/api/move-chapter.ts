import type { QueryClient } from '@tanstack/react-query'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapterChange, readPending } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import type { ChapterPlace } from '../fold-chapters.ts'
import { patchChapter } from './patch-chapter.ts'

/**
 * Moves a chapter within its course; it is shown in its new place immediately.
 * @returns `null` if a later move of the chapter supersedes this one before it is sent
 */
export function moveChapter(
  queryClient: QueryClient,
  chapter: Chapter,
  place: ChapterPlace,
): Promise<Chapter | null> {
  const change = { kind: 'move' as const, chapter, place }
  const { id, courseId } = chapter
  const isSuperseded = () => {
    const last = readPending(queryClient, courseId, id).at(-1)
    return last?.kind === 'move' && last !== change
  }
  return makeChapterChange(queryClient, change, {
    send: async () => (isSuperseded() ? null : patchChapter(queryClient, chapter, place)),
    applyResponse: async (moved) => {
      if (!moved) return
      upsertChapter(queryClient, moved)
      // Its neighbours may have new positions, too.
      void queryClient.invalidateQueries({ queryKey: queryKeys.course(courseId) })
    },
    retries: 3,
  })
}
