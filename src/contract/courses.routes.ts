import { courseListSchema, coursePatchSchema, courseSchema, newCourseSchema } from './courses.ts'
import { idSchema } from './ids.ts'
import { body, createRoute, json, problem } from './route.ts'
import { z } from './zod.ts'

const params = z.object({ courseId: idSchema })
const tags = ['Courses']

export const listCourses = createRoute({
  method: 'get',
  path: '/api/courses',
  tags,
  summary: 'List the courses, newest first',
  responses: { 200: json(courseListSchema, 'The courses') },
})

export const createCourse = createRoute({
  method: 'post',
  path: '/api/courses',
  tags,
  summary: 'Create a course',
  request: { body: body(newCourseSchema) },
  responses: { 201: json(courseSchema, 'The new course'), 400: problem('The title is invalid') },
})

export const getCourse = createRoute({
  method: 'get',
  path: '/api/courses/{courseId}',
  tags,
  summary: 'Read a course with its chapters, in order',
  request: { params },
  responses: { 200: json(courseSchema, 'The course'), 404: problem('No such course') },
})

export const patchCourse = createRoute({
  method: 'patch',
  path: '/api/courses/{courseId}',
  tags,
  summary: 'Rename a course',
  request: { params, body: body(coursePatchSchema) },
  responses: {
    200: json(courseSchema, 'The course as it is now'),
    400: problem('The title is invalid'),
    404: problem('No such course'),
  },
})

export const deleteCourse = createRoute({
  method: 'delete',
  path: '/api/courses/{courseId}',
  tags,
  summary: 'Remove a course with its chapters; repeating it answers 204 as well',
  request: { params },
  responses: { 204: { description: 'Removed' } },
})
