import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CourseChange, foldCourses } from '#client/features/courses/fold-courses.ts'
import type { CourseSummary } from '#contract/courses.ts'

/** Courses in list order, some of which were created at the same time. */
const courses = fc
  .array(fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'), { maxLength: 6 })
  .map((times) =>
    times.map(
      (createdAt, index): CourseSummary => ({
        id: String(index),
        title: `Course ${index}`,
        version: 1,
        createdAt,
        chapterCount: 0,
        videoCount: 0,
      }),
    ),
  )
  .map((rows) => foldCourses(rows, []))

test('a course that was restored, or got its old title back, keeps its place', () => {
  fc.assert(
    fc.property(courses, fc.nat(), (rows, pick) => {
      const course = rows[pick % Math.max(1, rows.length)]
      if (!course) return
      const removed: CourseChange = { kind: 'remove', course }
      expect(foldCourses(rows, [removed])).toEqual(rows.filter((row) => row !== course))
      expect(foldCourses(rows, [removed, { kind: 'restore', course }])).toEqual(rows)
      const retitled: CourseChange = { kind: 'retitle', course, title: 'Another' }
      expect(foldCourses(rows, [retitled]).map(({ title }) => title)).toContain('Another')
      expect(foldCourses(rows, [retitled, { ...retitled, title: course.title }])).toEqual(rows)
    }),
  )
})

test('a restored course that the server lists again is shown once', () => {
  fc.assert(
    fc.property(courses, (rows) => {
      const restored = rows.map((course): CourseChange => ({ kind: 'restore', course }))
      expect(foldCourses(rows, restored)).toEqual(rows)
      expect(foldCourses([], restored)).toEqual(rows)
    }),
  )
})
