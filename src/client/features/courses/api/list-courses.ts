import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { hasTitleDraft } from '../course-draft.ts'
import { toSummary } from '../to-summary.ts'

/** The courses as the server last returned them, and others that it returned before. */
export interface CourseList {
  courses: CourseSummary[]
  /** Courses that have since been removed. A title typed for one of them is still shown. */
  removed?: CourseSummary[] | undefined
}

export const coursesQuery = queryOptions({
  queryKey: queryKeys.courses,
  queryFn: async ({ client, signal }): Promise<CourseList> => {
    const { courses } = await request('GET /api/courses', { signal })
    const ids = new Set(courses.map(({ id }) => id))
    return { courses, removed: listKnown(client).filter(({ id }) => !ids.has(id)) }
  },
  meta: {
    // The drafts outlive the page, too.
    keep: ({ courses, removed }: CourseList) => ({
      courses,
      removed: removed?.filter(({ id }) => hasTitleDraft(id)),
    }),
  },
  select: ({ courses }) => courses,
})

/** All courses that this page has seen, each once. */
function listKnown(client: QueryClient): CourseSummary[] {
  const queryKey = queryKeys.courses
  const list = client.getQueryData<CourseList>(queryKey)
  const opened = client
    .getQueriesData<CourseList | CachedCourse>({ queryKey })
    .flatMap(([, data]) => (data && 'chapters' in data ? [toSummary(data)] : []))
  const known = [...opened, ...(list?.removed ?? []), ...(list?.courses ?? [])]
  return [...new Map(known.map((course) => [course.id, course])).values()]
}
