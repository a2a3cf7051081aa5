import {
  createCourse,
  deleteCourse,
  getCourse,
  listCourses,
  patchCourse,
} from '#contract/courses.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { coursesRepository } from './courses.repository.ts'

const courseMissing = 'This course no longer exists.'

export function coursesRoutes({
  database,
  clock,
  newId,
}: Pick<Dependencies, 'database' | 'clock' | 'newId'>) {
  const courses = coursesRepository(database)

  return createRouter()
    .openapi(listCourses, async (c) =>
      c.json({ courses: await courses.list(defaultWorkspace) }, 200),
    )
    .openapi(createCourse, async (c) => {
      const { title } = c.req.valid('json')
      const course = { id: newId(), title, createdAt: new Date(clock.now()) }
      return c.json(await courses.create(defaultWorkspace, course), 201)
    })
    .openapi(getCourse, async (c) => {
      const { courseId } = c.req.valid('param')
      const course = await courses.find(defaultWorkspace, courseId)
      return c.json(course ?? refuse('not-found', courseMissing), 200)
    })
    .openapi(patchCourse, async (c) => {
      const { courseId } = c.req.valid('param')
      const course = await courses.rename(defaultWorkspace, courseId, c.req.valid('json').title)
      return c.json(course ?? refuse('not-found', courseMissing), 200)
    })
    .openapi(deleteCourse, async (c) => {
      await courses.remove(defaultWorkspace, c.req.valid('param').courseId)
      return c.body(null, 204)
    })
}
