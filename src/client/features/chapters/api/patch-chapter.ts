import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { request } from '#client/lib/http.ts'
import { patchNewest } from '#client/lib/patch-newest.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter, ChapterPatch } from '#contract/chapters.ts'

/** Changes the newest version of a chapter, as `patchNewest` describes. */
export function patchChapter(
  queryClient: QueryClient,
  { id, courseId, version }: Chapter,
  patch: ChapterPatch,
  isTaken?: (title: string) => boolean,
): Promise<Chapter> {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  const known = course?.chapters.find((chapter) => chapter.id === id)
  return patchNewest(
    known?.version ?? version,
    (headers) =>
      request('PATCH /api/chapters/{chapterId}', {
        params: { chapterId: id },
        headers,
        body: patch,
      }),
    isTaken,
  )
}
