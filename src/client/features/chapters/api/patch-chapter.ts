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
    (headers) => sendPatch(chapter.id, patch, headers),
    isTaken,
  )

/** Patches the version of a chapter that the request headers name. */
export const sendPatch = (
  chapterId: string,
  patch: ChapterPatch,
  headers: { 'if-match': string },
): Promise<Chapter> =>
  request('PATCH /api/chapters/{chapterId}', { params: { chapterId }, headers, body: patch })
