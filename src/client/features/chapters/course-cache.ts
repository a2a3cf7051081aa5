import type { QueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import type { CachedCourse } from '../../lib/cached-course.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { refetchInFlight } from '../../lib/refetch.ts'

/** Puts a chapter from a response into its course, unless the course has a later version. */
export function upsertChapter(queryClient: QueryClient, chapter: Chapter) {
  const { id, courseId } = chapter
  updateCourse(queryClient, courseId, ({ chapters, removedElsewhere }) => {
    const cached = chapters.find((known) => known.id === id)
    const newest = cached && cached.version > chapter.version ? cached : { ...cached, ...chapter }
    return {
      chapters: [...withoutChapter(id, chapters), newest],
      removedElsewhere: withoutChapter(id, removedElsewhere),
    }
  })
  refetchInFlight(queryClient, queryKeys.course(courseId))
}

/** Drops a chapter from its cached course, whoever removed it. */
export function removeCachedChapter(
  queryClient: QueryClient,
  { id, courseId }: Pick<Chapter, 'id' | 'courseId'>,
) {
  updateCourse(queryClient, courseId, ({ chapters, removedElsewhere }) => ({
    chapters: withoutChapter(id, chapters),
    removedElsewhere: withoutChapter(id, removedElsewhere),
  }))
}

const withoutChapter = (id: string, chapters: readonly Chapter[] = []) =>
  chapters.filter((chapter) => chapter.id !== id)

const updateCourse = (
  queryClient: QueryClient,
  courseId: string,
  update: (course: CachedCourse) => Partial<CachedCourse>,
) =>
  queryClient.setQueryData<CachedCourse>(
    queryKeys.course(courseId),
    (course) => course && { ...course, ...update(course) },
  )

/** The newest version of a chapter known to this page. */
export const getNewestVersion = (queryClient: QueryClient, { id, version }: Chapter): number =>
  findChapter(queryClient, id)?.version ?? version

/** Finds a chapter in the cached courses. */
export const findChapter = (queryClient: QueryClient, chapterId: string): Chapter | undefined =>
  queryClient
    .getQueriesData<CachedCourse | { courses: CourseSummary[] }>({ queryKey: queryKeys.courses })
    .flatMap(([, data]) =>
      data && 'chapters' in data ? [...data.chapters, ...(data.removedElsewhere ?? [])] : [],
    )
    .find(({ id }) => id === chapterId)
