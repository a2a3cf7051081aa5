import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapterChange } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import { patchChapter } from './patch-chapter.ts'

/**
 * Changes a chapter's title and shows the new one immediately. Rejects if someone else has given
 * it a different one in the meantime.
 */
export const retitleChapter = (
  queryClient: QueryClient,
  chapter: Chapter,
  title: string,
): Promise<Chapter> =>
  makeChapterChange(
    queryClient,
    { kind: 'retitle', chapter, title },
    {
      send: () =>
        patchChapter(queryClient, chapter, { title }, (found) =>
          [chapter.title, title].includes(found),
        ),
      applyResponse: async (retitled) => upsertChapter(queryClient, retitled),
      retries: 3,
    },
  )
