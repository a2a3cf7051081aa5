import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchUnfinished } from '#client/lib/refetch.ts'
import type { Change } from '#contract/changes.ts'

export type ChapterChange = Extract<Change, { entity: 'chapter' }>

/**
 * Applies the server's change events to the cached courses. A chapter removed by someone else
 * moves to `removedElsewhere`, so that what was typed in it stays on the page. A chapter created
 * here is added by the response to its request, never by its own event.
 * @param isOwn whether this page made the change
 * @returns the ids of the chapters changed by others, where a cached course was updated
 */
export function applyChapterChanges(
  queryClient: QueryClient,
  changes: readonly ChapterChange[],
  isOwn: (change: ChapterChange) => boolean,
): ReadonlySet<string> {
  const changed = new Set<string>()
  for (const change of changes) {
    const queryKey = queryKeys.course(change.courseId ?? '')
    const course = queryClient.getQueryData<CachedCourse>(queryKey)
    const patched = course && patchCourse(course, change, isOwn(change))
    if (patched) {
      queryClient.setQueryData(queryKey, { ...course, ...patched })
      if (!isOwn(change)) changed.add(change.id)
    }
    if (!isOwn(change)) refetchUnfinished(queryClient, queryKey)
  }
  return changed
}

/** The chapters of a course after a change; `undefined` if the change has no effect. */
function patchCourse(
  { chapters, removedElsewhere = [] }: CachedCourse,
  { id, row, version }: ChapterChange,
  isOwn: boolean,
): Pick<CachedCourse, 'chapters' | 'removedElsewhere'> | undefined {
  const cached = chapters.find((chapter) => chapter.id === id)
  const remaining = removedElsewhere.filter((chapter) => chapter.id !== id)
  if (!row) {
    if (!cached || cached.version > version) return undefined
    const others = chapters.filter((chapter) => chapter !== cached)
    return { chapters: others, removedElsewhere: isOwn ? remaining : [...remaining, cached] }
  }
  if (cached ? cached.version >= version : isOwn) return undefined
  const before = cached ?? removedElsewhere.find((chapter) => chapter.id === id)
  const others = chapters.filter((chapter) => chapter !== cached)
  return { chapters: [...others, { ...before, ...row }], removedElsewhere: remaining }
}
