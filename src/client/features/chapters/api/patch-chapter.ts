import type { QueryClient } from '@tanstack/react-query'
import { changeNewest } from '#client/lib/change-newest.ts'
import { request } from '#client/lib/http.ts'
import type { Chapter, ChapterPatch } from '#contract/chapters.ts'
import { getNewestVersion } from '../course-cache.ts'

/** Patches the newest version of a chapter; see `changeNewest`. */
export const patchChapter = (
  queryClient: QueryClient,
  chapter: Chapter,
  patch: ChapterPatch,
  isTaken?: (title: string) => boolean,
): Promise<Chapter> =>
  changeNewest(
    getNewestVersion(queryClient, chapter),
    (headers) =>
      request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: chapter.id },
        headers,
        body: patch,
      }),
    isTaken,
  )
