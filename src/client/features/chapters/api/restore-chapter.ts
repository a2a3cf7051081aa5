import type { QueryClient } from '@tanstack/react-query'
import { changeNewest, removedVersion, unknownVersion } from '#client/lib/change-newest.ts'
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
      send: () => sendRestoration(chapter.id, removedVersion(chapter)),
      applyResponse: async (restored) => keepRestored(queryClient, restored),
      retries: 3,
    },
  )

/** Restores a chapter that the page knows nothing of but its id. */
export async function restoreUnknownChapter(
  queryClient: QueryClient,
  chapterId: string,
): Promise<Chapter> {
  const restored = await sendRestoration(chapterId, unknownVersion)
  keepRestored(queryClient, restored)
  return restored
}

const sendRestoration = (chapterId: string, version: number): Promise<Chapter> =>
  changeNewest(version, (headers) =>
    request('POST /api/chapters/{chapterId}/restore', { params: { chapterId }, headers }),
  )

function keepRestored(queryClient: QueryClient, restored: Chapter) {
  upsertChapter(queryClient, restored)
  void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
  void queryClient.invalidateQueries({ queryKey: queryKeys.videos(restored.id) })
}
