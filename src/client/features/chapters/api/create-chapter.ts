import type { QueryClient } from '@tanstack/react-query'
import { ProblemError, request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { isOfKind } from '#contract/problem.ts'
import { makeChapterChange, readShownChapters } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import type { ChapterPlace } from '../fold-chapters.ts'
import { placeAfter } from '../place-chapter.ts'

export interface NewChapter extends Pick<Chapter, 'id' | 'courseId' | 'title'> {
  /** Without it, the chapter goes to the end. */
  place?: ChapterPlace
  /** The chapter that this one is a copy of. */
  copyOf?: string
}

/**
 * Creates a chapter, which is shown at once. The same one again, after its outcome was unknown, is
 * not created twice; nor is one whose title was changed in between.
 */
export function createChapter(queryClient: QueryClient, created: NewChapter): Promise<Chapter> {
  const { id, courseId, title, place, copyOf } = created
  const { position } = place ?? placeAtEnd(queryClient, courseId)
  return makeChapterChange(
    queryClient,
    { kind: 'create', chapter: { id, courseId, title, position, version: 0 }, copyOf },
    {
      send: () => sendCreation(created),
      keep: async (chapter) => {
        upsertChapter(queryClient, chapter)
        void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
      },
      retries: 0,
    },
  )
}

/** Computes the place after the last chapter of a course. */
export const placeAtEnd = (queryClient: QueryClient, courseId: string) => {
  const chapters = readShownChapters(queryClient, courseId)
  return placeAfter(chapters, chapters.at(-1)?.id ?? null)
}

async function sendCreation({ id, courseId, title, place }: NewChapter): Promise<Chapter> {
  try {
    return await request('POST /api/courses/{courseId}/chapters', {
      params: { courseId },
      body: { id, title, ...place },
    })
  } catch (error) {
    if (!isIdReused(error)) throw error
    // An earlier try has arrived, with the title that was typed then.
    return request('PATCH /api/chapters/{chapterId}', {
      params: { chapterId: id },
      headers: { 'if-match': '"1"' },
      body: { title },
    })
  }
}

const isIdReused = (error: unknown) =>
  error instanceof ProblemError && isOfKind(error.problem, 'id-reused')
