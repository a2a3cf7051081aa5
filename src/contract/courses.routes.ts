import { sequenceHeadersSchema } from './changes.ts'
import {
  courseListSchema,
  courseMismatchSchema,
  coursePatchSchema,
  courseSchema,
  newCourseSchema,
} from './courses.ts'
import { idSchema } from './ids.ts'
import { pageHeaderSchema } from './page-header.ts'
import { courseRemovedSchema } from './removals.ts'
import { body, createRoute, json, problem } from './route.ts'
import { ifMatchHeadersSchema, optionalIfMatchHeadersSchema } from './versions.ts'
import { z } from './zod.ts'

const params = z.object({ courseId: idSchema })
const tags = ['Courses']
const removed = problem('The course was removed', courseRemovedSchema)

export const listCourses = createRoute({
  method: 'get',
  path: '/api/courses',
  tags,
  summary: 'List the courses, newest first',
  responses: {
    200: { ...json(courseListSchema, 'The courses'), headers: sequenceHeadersSchema },
  },
})

export const createCourse = createRoute({
  method: 'post',
  path: '/api/courses',
  tags,
  summary: 'Create a course, empty or as a copy of another',
  request: { headers: pageHeaderSchema, body: body(newCourseSchema) },
  responses: {
    200: json(courseSchema, 'The same course was already created under this id'),
    201: json(courseSchema, 'The new course'),
    400: problem('The title or id is invalid'),
    404: problem('The course to copy does not exist'),
    410: removed,
    422: problem('The id is in use for another course'),
  },
})

export const getCourse = createRoute({
  method: 'get',
  path: '/api/courses/{courseId}',
  tags,
  summary: 'Read a course with its chapters, in order',
  request: { params },
  responses: {
    200: { ...json(courseSchema, 'The course'), headers: sequenceHeadersSchema },
    404: problem('No such course'),
    410: removed,
  },
})

export const patchCourse = createRoute({
  method: 'patch',
  path: '/api/courses/{courseId}',
  tags,
  summary: 'Rename a course',
  request: { params, headers: ifMatchHeadersSchema, body: body(coursePatchSchema) },
  responses: {
    200: json(courseSchema, 'The course as it is now'),
    400: problem('The title is invalid'),
    404: problem('No such course'),
    410: removed,
    412: problem('It has changed in the meantime', courseMismatchSchema),
    428: problem('`If-Match` is missing'),
  },
})

export const deleteCourse = createRoute({
  method: 'delete',
  path: '/api/courses/{courseId}',
  tags,
  summary: 'Remove a course with its chapters; repeating it also returns 204',
  request: { params, headers: optionalIfMatchHeadersSchema },
  responses: {
    204: { description: 'Removed; it can be restored' },
    400: problem('`If-Match` is invalid'),
    412: problem('It has changed in the meantime, or was restored', courseMismatchSchema),
  },
})

export const restoreCourse = createRoute({
  method: 'post',
  path: '/api/courses/{courseId}/restore',
  tags,
  summary: 'Undo a removal: the course comes back with its id, title, chapters and videos',
  request: { params, headers: optionalIfMatchHeadersSchema },
  responses: {
    200: json(courseSchema, 'The course is back, or was never removed'),
    400: problem('`If-Match` is invalid'),
    404: problem('No such course'),
    412: problem('It was restored and removed again', courseMismatchSchema),
  },
})
