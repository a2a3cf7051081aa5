import type { QueryClient } from '@tanstack/react-query'
import { queryKeys } from '#client/lib/query-keys.ts'
import { replaceTitle } from '#client/lib/rename-title.ts'
import type { Chapter } from '#contract/chapters.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { makeChapterChange } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'
import { patchChapter, sendPatch } from './patch-chapter.ts'

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

/**
 * Saves a title from its editor, and shows it immediately. Rejects if someone else has changed the
 * title since the editor was opened; only the editor shows why.
 */
export const saveChapterTitle = (
  queryClient: QueryClient,
  chapter: Chapter,
  typed: TypedName,
): Promise<Chapter | undefined> =>
  makeChapterChange(
    queryClient,
    { kind: 'retitle', chapter, title: typed.name, isTyped: true },
    {
      send: () =>
        replaceTitle(queryClient, chapter.id, typed, (headers) =>
          sendPatch(chapter.id, { title: typed.name }, headers),
        ),
      applyResponse: async (retitled) =>
        retitled
          ? upsertChapter(queryClient, retitled)
          : queryClient.invalidateQueries({ queryKey: queryKeys.courses }),
      retries: 0,
    },
  )
