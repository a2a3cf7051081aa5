import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchUnfinished } from '#client/lib/refetch-unfinished.ts'
import type { Change } from '#contract/changes.ts'

export type ChapterChange = Extract<Change, { entity: 'chapter' }>

/**
 * Applies changes that the server tells of to the courses that the page has. A chapter that others
 * have removed stays with what was typed in it. Only an answer adds one that the page has made.
 * @param isOwn whether this page has made a change
 * @returns the ids of the chapters that others have changed, as far as a course shows it
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

/** What a change makes of a course; `undefined` if nothing. */
function patchCourse(
  { chapters, removedElsewhere = [] }: CachedCourse,
  { id, row, version }: ChapterChange,
  isOwn: boolean,
): Pick<CachedCourse, 'chapters' | 'removedElsewhere'> | undefined {
  const known = chapters.find((chapter) => chapter.id === id)
  const left = removedElsewhere.filter((chapter) => chapter.id !== id)
  if (!row) {
    if (!known || known.version > version) return undefined
    const others = chapters.filter((chapter) => chapter !== known)
    return { chapters: others, removedElsewhere: isOwn ? left : [...left, known] }
  }
  if (known ? known.version >= version : isOwn) return undefined
  const before = known ?? removedElsewhere.find((chapter) => chapter.id === id)
  const others = chapters.filter((chapter) => chapter !== known)
  return { chapters: [...others, { ...before, ...row }], removedElsewhere: left }
}
