import { afterEach, expect, test, vi } from 'vitest'
import { upsertChapter } from '#client/features/chapters/course-cache.ts'
import { courseQuery } from '#client/features/courses/api/get-course.ts'
import { coursesQuery } from '#client/features/courses/api/list-courses.ts'
import { applyCourseChanges, type CourseChange } from '#client/features/courses/apply-changes.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Chapter } from '#contract/chapters.ts'
import { fakeServer } from './fake-server.ts'

afterEach(() => vi.unstubAllGlobals())

const chapter: Chapter = {
  id: '01900000-0000-7000-8000-0000000000c1',
  courseId: '01900000-0000-7000-8000-0000000000d1',
  title: 'Basics',
  position: 'a0',
  version: 2,
}
const course = {
  id: chapter.courseId,
  title: 'A course',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  chapters: [chapter],
}
const query = courseQuery(course.id)

test('a response that arrives after a later change does not replace it', () => {
  const queryClient = createQueryClient()
  queryClient.setQueryData(query.queryKey, course)
  upsertChapter(queryClient, { ...chapter, title: 'Old', version: 1 })
  expect(queryClient.getQueryData(query.queryKey)?.chapters).toEqual([chapter])
  upsertChapter(queryClient, { ...chapter, title: 'New', version: 3 })
  expect(queryClient.getQueryData(query.queryKey)?.chapters).toMatchObject([{ title: 'New' }])
})

test('a course is refetched if it changes during a fetch', async () => {
  const queryClient = createQueryClient()
  queryClient.setQueryData(query.queryKey, { ...course, title: 'As stored' })
  const { sent } = fakeServer(() => new Promise(() => {}), Response.json(course))
  void queryClient.fetchQuery({ ...query, staleTime: 0 }).catch(() => {})
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  upsertChapter(queryClient, chapter)
  await vi.waitFor(() => expect(queryClient.getQueryData(query.queryKey)?.title).toBe(course.title))
})

test('a course that someone else removes stays known until it is restored', () => {
  const queryClient = createQueryClient()
  const { chapters: _, ...summary } = { ...course, chapterCount: 1, videoCount: 0 }
  queryClient.setQueryData(coursesQuery.queryKey, { courses: [summary] })
  const change = { entity: 'course' as const, id: course.id, courseId: null, page: 'other' }
  const apply = (changed: Pick<CourseChange, 'sequence' | 'kind' | 'row' | 'version'>) =>
    applyCourseChanges(queryClient, [{ ...change, ...changed } as CourseChange], () => false)
  apply({ sequence: 1, kind: 'removed', row: null, version: 2 })
  const read = () => queryClient.getQueryData(coursesQuery.queryKey)
  expect(read()).toEqual({ courses: [], removed: [summary] })
  apply({ sequence: 2, kind: 'restored', row: { ...course, version: 3 }, version: 3 })
  expect(read()).toMatchObject({ courses: [{ id: course.id, version: 3 }], removed: [] })
})
