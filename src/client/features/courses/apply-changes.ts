import type { QueryClient } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchUnfinished } from '#client/lib/refetch-unfinished.ts'
import type { Change } from '#contract/changes.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { toSummary } from './course-changes.ts'

export type CourseChange = Extract<Change, { entity: 'course' }>
type CourseList = { courses: CourseSummary[] }

/**
 * Applies changes that the server tells of to the list of courses, and to the courses that the page
 * has. Only an answer adds one that the page has made.
 * @param isOwn whether this page has made a change
 * @returns the ids of the courses that others have changed, as far as the page shows it
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
  const known = list?.courses.find(({ id }) => id === change.id)
  if (!list || !isNews(change, known, isOwn)) return false
  const others = list.courses.filter((course) => course !== known)
  const courses = change.row
    ? [{ ...toSummary(change.row), ...countsOf(known) }, ...others]
    : others
  queryClient.setQueryData<CourseList>(queryKeys.courses, { courses })
  return true
}

function isNews({ row, version }: CourseChange, known: CourseSummary | undefined, isOwn: boolean) {
  if (!known) return row !== null && !isOwn
  return row ? known.version < version : known.version <= version
}

/** Its chapters are told of by their own changes. One that was removed says so when it is asked for. */
function patchCourse(queryClient: QueryClient, { id, row, version, kind }: CourseChange): boolean {
  const queryKey = queryKeys.course(id)
  const known = queryClient.getQueryData<CachedCourse>(queryKey)
  if (known && known.version < version) {
    if (row) queryClient.setQueryData(queryKey, { ...known, title: row.title, version })
    if (kind !== 'changed') void queryClient.invalidateQueries({ queryKey, exact: true })
  }
  return known !== undefined && known.version < version
}

const countsOf = (known: CourseSummary | undefined) =>
  known && { chapterCount: known.chapterCount, videoCount: known.videoCount }
