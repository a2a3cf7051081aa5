import type { QueryClient } from '@tanstack/react-query'
import { changeNewest } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchInFlight } from '#client/lib/refetch.ts'
import type { Chapter } from '#contract/chapters.ts'
import { makeChapterChange } from '../chapter-changes.ts'
import { getNewestVersion, removeCachedChapter } from '../course-cache.ts'

/** Removes a chapter with its videos; `restoreChapter` undoes it. */
export const removeChapter = (queryClient: QueryClient, chapter: Chapter): Promise<void> =>
  makeChapterChange(
    queryClient,
    { kind: 'remove', chapter },
    {
      send: () =>
        changeNewest(getNewestVersion(queryClient, chapter), (headers) =>
          request('DELETE /api/chapters/{chapterId}', {
            params: { chapterId: chapter.id },
            headers,
          }),
        ),
      applyResponse: async () => {
        removeCachedChapter(queryClient, chapter)
        refetchInFlight(queryClient, queryKeys.course(chapter.courseId))
        void queryClient.invalidateQueries({ queryKey: queryKeys.courses, exact: true })
      },
      retries: 3,
    },
  )
