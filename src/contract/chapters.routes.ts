import { chapterPatchSchema, chapterSchema, newChapterSchema } from './chapters.ts'
import { idSchema } from './ids.ts'
import { body, createRoute, json, problem } from './route.ts'
import { z } from './zod.ts'

const params = z.object({ chapterId: idSchema })
const tags = ['Chapters']

export const createChapter = createRoute({
  method: 'post',
  path: '/api/courses/{courseId}/chapters',
  tags,
  summary: 'Add a chapter at the end of a course',
  request: { params: z.object({ courseId: idSchema }), body: body(newChapterSchema) },
  responses: {
    201: json(chapterSchema, 'The new chapter'),
    400: problem('The title is invalid'),
    404: problem('No such course'),
  },
})

export const patchChapter = createRoute({
  method: 'patch',
  path: '/api/chapters/{chapterId}',
  tags,
  summary: 'Rename or move a chapter',
  request: { params, body: body(chapterPatchSchema) },
  responses: {
    200: json(chapterSchema, 'The chapter as it is now'),
    400: problem('The title or position is invalid'),
    404: problem('No such chapter'),
  },
})

export const deleteChapter = createRoute({
  method: 'delete',
  path: '/api/chapters/{chapterId}',
  tags,
  summary: 'Remove a chapter with its videos; repeating it answers 204 as well',
  request: { params },
  responses: { 204: { description: 'Removed' } },
})
