import {
  chapterMismatchSchema,
  chapterPatchSchema,
  chapterSchema,
  newChapterSchema,
} from './chapters.ts'
import { idSchema } from './ids.ts'
import { pageHeaderSchema } from './page-header.ts'
import { courseRemovedSchema, placeRemovedSchema } from './removals.ts'
import { body, createRoute, json, problem } from './route.ts'
import { ifMatchHeadersSchema, optionalIfMatchHeadersSchema } from './versions.ts'
import { z } from './zod.ts'

const params = z.object({ chapterId: idSchema })
const tags = ['Chapters']

export const createChapter = createRoute({
  method: 'post',
  path: '/api/courses/{courseId}/chapters',
  tags,
  summary: 'Add a chapter to a course',
  request: {
    params: z.object({ courseId: idSchema }),
    headers: pageHeaderSchema,
    body: body(newChapterSchema),
  },
  responses: {
    200: json(chapterSchema, 'The same chapter was already added under this id'),
    201: json(chapterSchema, 'The new chapter'),
    400: problem('The title, id or position is invalid'),
    404: problem('No such course'),
    410: problem('The course or this chapter was removed', placeRemovedSchema),
    422: problem('The id is in use for another chapter'),
  },
})

export const patchChapter = createRoute({
  method: 'patch',
  path: '/api/chapters/{chapterId}',
  tags,
  summary: 'Rename or move a chapter',
  request: { params, headers: ifMatchHeadersSchema, body: body(chapterPatchSchema) },
  responses: {
    200: json(chapterSchema, 'The chapter as it is now'),
    400: problem('The title or position is invalid'),
    404: problem('No such chapter'),
    410: problem('The chapter or its course was removed', placeRemovedSchema),
    412: problem('It has changed in the meantime', chapterMismatchSchema),
    428: problem('`If-Match` is missing'),
  },
})

export const deleteChapter = createRoute({
  method: 'delete',
  path: '/api/chapters/{chapterId}',
  tags,
  summary: 'Remove a chapter with its videos; repeating it also returns 204',
  request: { params, headers: optionalIfMatchHeadersSchema },
  responses: {
    204: { description: 'Removed; it can be restored' },
    400: problem('`If-Match` is invalid'),
    412: problem('It has changed in the meantime, or was restored', chapterMismatchSchema),
  },
})

export const restoreChapter = createRoute({
  method: 'post',
  path: '/api/chapters/{chapterId}/restore',
  tags,
  summary: 'Undo a removal: the chapter comes back with its id, title, place and videos',
  request: { params, headers: optionalIfMatchHeadersSchema },
  responses: {
    200: json(chapterSchema, 'The chapter is back, or was never removed'),
    400: problem('`If-Match` is invalid'),
    404: problem('No such chapter'),
    410: problem('Its course was removed', courseRemovedSchema),
    412: problem('It was restored and removed again', chapterMismatchSchema),
  },
})
