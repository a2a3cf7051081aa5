import type { QueryClient } from '@tanstack/react-query'
import { changeNewest, removedVersion } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapterChange } from '../chapter-changes.ts'
import { upsertChapter } from '../course-cache.ts'

/** Restores a removed chapter with its videos. */
export const restoreChapter = (queryClient: QueryClient, chapter: Chapter): Promise<Chapter> =>
  makeChapterChange(
    queryClient,
    { kind: 'restore', chapter },
    {
      send: () =>
        changeNewest(removedVersion(chapter), (headers) =>
          request('POST /api/chapters/{chapterId}/restore', {
            params: { chapterId: chapter.id },
            headers,
          }),
        ),
      keep: async (restored) => {
        upsertChapter(queryClient, restored)
        void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
        void queryClient.invalidateQueries({ queryKey: queryKeys.videos(restored.id) })
      },
      retries: 3,
    },
  )
