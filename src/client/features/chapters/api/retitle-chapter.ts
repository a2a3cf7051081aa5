import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapterChange } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import { patchChapter } from './patch-chapter.ts'

/** Gives a chapter another title, which is shown at once; refused if somebody else gave it one. */
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
      keep: async (retitled) => upsertChapter(queryClient, retitled),
      retries: 3,
    },
  )
