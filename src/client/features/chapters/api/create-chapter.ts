import type { QueryClient } from '@tanstack/react-query'
import { createOrRename } from '#client/lib/creation-id.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapterChange, readShownChapters } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import type { ChapterPlace } from '../fold-chapters.ts'
import { placeAfter } from '../place-chapter.ts'

export interface NewChapter extends Pick<Chapter, 'id' | 'courseId' | 'title'> {
  /** Where to insert it; at the end of the course by default. */
  place?: ChapterPlace
  /** The id of the chapter that this one duplicates. */
  copyOf?: string
}

/**
 * Creates a chapter and shows it immediately. If the outcome is unknown, calling it again with the
 * same id is safe, even with another title: the chapter is not created twice.
 */
export function createChapter(queryClient: QueryClient, newChapter: NewChapter): Promise<Chapter> {
  const { id, courseId, title, place, copyOf } = newChapter
  const { position } = place ?? placeAtEnd(queryClient, courseId)
  return makeChapterChange(
    queryClient,
    { kind: 'create', chapter: { id, courseId, title, position, version: 0 }, copyOf },
    {
      send: () => sendCreation(newChapter),
      applyResponse: async (chapter) => {
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

const sendCreation = ({ id, courseId, title, place }: NewChapter): Promise<Chapter> =>
  createOrRename(
    () =>
      request('POST /api/courses/{courseId}/chapters', {
        params: { courseId },
        body: { id, title, ...place },
      }),
    (headers) =>
      request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers,
        body: { title },
      }),
  )
