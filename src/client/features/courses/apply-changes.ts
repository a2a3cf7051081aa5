import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchUnfinished } from '#client/lib/refetch.ts'
import type { Change } from '#contract/changes.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { CourseList } from './api/list-courses.ts'
import { toSummary } from './to-summary.ts'

export type CourseChange = Extract<Change, { entity: 'course' }>

/**
 * Applies the server's change events to the cached list of courses and to the cached courses. A
 * course created here is added by the response to its request, never by its own event. One that is
 * removed stays in the cache, for the title that may be half typed.
 * @param isOwn whether this page made the change
 * @returns the ids of the courses changed by others, where the cache was updated
 */
export function applyCourseChanges(
  queryClient: QueryClient,
  changes: readonly CourseChange[],
  isOwn: (change: CourseChange) => boolean,
): ReadonlySet<string> {
  const changed = new Set<string>()
  for (const change of changes) {
    const own = isOwn(change)
    const isListChanged = patchList(queryClient, change, own)
    const isCourseChanged = patchCourse(queryClient, change)
    if (own) continue
    if (isListChanged || isCourseChanged) changed.add(change.id)
    refetchUnfinished(queryClient, queryKeys.courses)
    refetchUnfinished(queryClient, queryKeys.course(change.id))
  }
  return changed
}

function patchList(queryClient: QueryClient, change: CourseChange, isOwn: boolean): boolean {
  const list = queryClient.getQueryData<CourseList>(queryKeys.courses)
  const listed = list?.courses.find(({ id }) => id === change.id)
  if (!list || !changesList(change, listed, isOwn)) return false
  const others = list.courses.filter((course) => course !== listed)
  const removed = list.removed?.filter(({ id }) => id !== change.id) ?? []
  const patched = change.row
    ? { courses: [{ ...toSummary(change.row), ...pickCounts(listed) }, ...others], removed }
    : { courses: others, removed: listed ? [...removed, listed] : removed }
  queryClient.setQueryData<CourseList>(queryKeys.courses, patched)
  return true
}

function changesList(
  { row, version }: CourseChange,
  listed: CourseSummary | undefined,
  isOwn: boolean,
) {
  if (!listed) return row !== null && !isOwn
  return row ? listed.version < version : listed.version <= version
}

/**
 * Updates the title; chapters have changes of their own. If the course was removed, the response to
 * a refetch says so.
 */
function patchCourse(queryClient: QueryClient, { id, row, version, kind }: CourseChange): boolean {
  const queryKey = queryKeys.course(id)
  const cached = queryClient.getQueryData<CachedCourse>(queryKey)
  if (cached && cached.version < version) {
    if (row) queryClient.setQueryData(queryKey, { ...cached, title: row.title, version })
    if (kind !== 'changed') void queryClient.invalidateQueries({ queryKey, exact: true })
  }
  return cached !== undefined && cached.version < version
}

const pickCounts = (listed: CourseSummary | undefined) =>
  listed && { chapterCount: listed.chapterCount, videoCount: listed.videoCount }
