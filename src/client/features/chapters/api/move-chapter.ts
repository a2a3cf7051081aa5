import type { QueryClient } from '@tanstack/react-query'
import { isChapter } from '#client/lib/answer-schemas.ts'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { ProblemError, request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { makeChange, readPending } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import type { ChapterPlace } from '../fold-chapters.ts'

/** How often a move goes on from a version that somebody else has made meanwhile. */
const maxMismatches = 5

/** Moves a chapter within its course; it is shown there at once. */
export function moveChapter(
  queryClient: QueryClient,
  chapter: Chapter,
  place: ChapterPlace,
): Promise<Chapter | null> {
  const change = { kind: 'move' as const, chapter, place }
  const { id, courseId } = chapter
  const isOvertaken = () => {
    const last = readPending(queryClient, courseId, id).at(-1)
    return last?.kind === 'move' && last !== change
  }
  return makeChange(queryClient, change, {
    send: async () => (isOvertaken() ? null : sendMove(queryClient, chapter, place)),
    keep: async (moved) => {
      if (!moved) return
      await upsertChapter(queryClient, moved)
      // Its neighbours may have new positions, too.
      void queryClient.invalidateQueries({ queryKey: queryKeys.course(courseId) })
    },
    retries: 3,
  })
}

/** Sends a move. A chapter that somebody else has changed meanwhile is moved all the same. */
async function sendMove(
  queryClient: QueryClient,
  { id, courseId, version }: Chapter,
  place: ChapterPlace,
): Promise<Chapter> {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  let newest = course?.chapters.find((chapter) => chapter.id === id)?.version ?? version
  for (let mismatches = 0; ; mismatches += 1) {
    try {
      return await request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers: { 'if-match': `"${Math.max(newest, 1)}"` },
        body: place,
      })
    } catch (error) {
      const current = readCurrent(error)
      if (!current || mismatches === maxMismatches) throw error
      newest = current.version
    }
  }
}

/** The row that a version mismatch shows. */
function readCurrent(error: unknown): Chapter | undefined {
  if (!(error instanceof ProblemError && error.status === 412)) return undefined
  return isChapter(error.problem.chapter) ? error.problem.chapter : undefined
}
