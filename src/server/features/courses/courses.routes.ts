import { sequenceHeader } from '#contract/changes.ts'
import {
  createCourse,
  deleteCourse,
  getCourse,
  listCourses,
  patchCourse,
  restoreCourse,
} from '#contract/courses.routes.ts'
import { createRemovedProblem } from '#contract/removals.ts'
import { findNewestChange } from '../../db/change-log.ts'
import type { Dependencies } from '../../dependencies.ts'
import { etagHeader, readVersion, refuseUnversioned } from '../../http/if-match.ts'
import { ProblemError, refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { type CourseResult, coursesRepository } from './courses.repository.ts'

export function coursesRoutes({
  database,
  clock,
  newId,
}: Pick<Dependencies, 'database' | 'clock' | 'newId'>) {
  const courses = coursesRepository(database)
  // Read before the data it is sent with, so that a page that continues from it misses nothing.
  const readSequence = async () => ({
    [sequenceHeader]: String(await findNewestChange(database)),
  })

  return createRouter()
    .openapi(listCourses, async (c) => {
      const headers = await readSequence()
      return c.json({ courses: await courses.list(defaultWorkspace) }, 200, headers)
    })
    .openapi(createCourse, async (c) => {
      const { id = newId(), title, copyOf } = c.req.valid('json')
      const { 'lectern-page': page } = c.req.valid('header')
      const course = { id, title, copyOf, createdAt: new Date(clock.now()) }
      const result = await courses.create(defaultWorkspace, course, { page, newId })
      const created = acceptResult(result)
      return c.json(created, result.outcome === 'created' ? 201 : 200, etagHeader(created))
    })
    .openapi(getCourse, async (c) => {
      const { courseId } = c.req.valid('param')
      // No ETag: the version does not change with the chapters.
      const headers = await readSequence()
      return c.json(acceptResult(await courses.find(defaultWorkspace, courseId)), 200, headers)
    })
    .openapi(patchCourse, async (c) => {
      const { courseId } = c.req.valid('param')
      const { title } = c.req.valid('json')
      const request = readVersion(c.req.valid('header'))
      const result = await courses.rename(defaultWorkspace, courseId, { title, ...request })
      const course = acceptResult(result)
      return c.json(course, 200, etagHeader(course))
    })
    .openapi(deleteCourse, async (c) => {
      const { courseId } = c.req.valid('param')
      const result = await courses.remove(defaultWorkspace, courseId, {
        now: new Date(clock.now()),
        ...readVersion(c.req.valid('header')),
      })
      if (result.outcome !== 'removed') acceptResult(result)
      return c.body(null, 204)
    })
    .openapi(restoreCourse, async (c) => {
      const { courseId } = c.req.valid('param')
      const request = readVersion(c.req.valid('header'))
      const course = acceptResult(await courses.restore(defaultWorkspace, courseId, request))
      return c.json(course, 200, etagHeader(course))
    })
}

/** Returns a result's course; throws a problem for any other result. */
function acceptResult(result: CourseResult) {
  switch (result.outcome) {
    case 'created':
    case 'found':
      return result.course
    case 'mismatched':
      return refuse('version-mismatch', 'The course has changed in the meantime.', {
        course: result.course,
      })
    case 'version-required':
      return refuseUnversioned()
    case 'id-reused':
      return refuse(
        'id-reused',
        'Another course was created under this id. Use a different id for this one.',
      )
    case 'removed':
      throw new ProblemError(createRemovedProblem(result.removed))
    case 'missing':
      return refuse('not-found', 'This course no longer exists.')
  }
}
