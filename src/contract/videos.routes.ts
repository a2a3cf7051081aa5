import { idSchema } from './ids.ts'
import { problemSchema } from './problem.ts'
import { body, createRoute, json, problem } from './route.ts'
import {
  linkBatchSchema,
  linkContentSchema,
  linkLineSchema,
  removedSchema,
  revisionHeadersSchema,
  staleRevisionSchema,
  versionMismatchSchema,
  videoListSchema,
  videoPatchSchema,
  videoSchema,
} from './videos.ts'
import { z } from './zod.ts'

const chapterParams = z.object({ chapterId: idSchema })
const videoParams = z.object({ videoId: idSchema })
const tags = ['Videos']
const conflict = z.union([staleRevisionSchema, problemSchema])

export const listVideos = createRoute({
  method: 'get',
  path: '/api/chapters/{chapterId}/videos',
  tags,
  summary: 'Read the linked videos of a chapter, in order',
  request: { params: chapterParams },
  responses: { 200: json(videoListSchema, 'The videos'), 404: problem('No such chapter') },
})

export const linkVideo = createRoute({
  method: 'put',
  path: '/api/chapters/{chapterId}/videos/{videoId}',
  tags,
  summary: 'Link one video under an id that the caller made',
  request: { params: chapterParams.extend(videoParams.shape), body: body(linkContentSchema) },
  responses: {
    200: json(videoSchema, 'The same link was made before'),
    201: json(videoSchema, 'Linked'),
    400: problem('The content does not fit'),
    403: problem('Refused'),
    404: problem('No such chapter'),
    409: problem('The asset is in the chapter already'),
    410: problem('The video was removed', removedSchema),
    422: problem('The id stands for other content, or the asset is not in the library'),
  },
})

export const linkVideos = createRoute({
  method: 'post',
  path: '/api/chapters/{chapterId}/videos/batch',
  tags,
  summary: 'Link 1 to 200 videos; each is answered by a line of its own, as it is done',
  request: { params: chapterParams, body: body(linkBatchSchema) },
  responses: {
    200: {
      description: 'A line for each video, in any order, and `{"done":true}` last',
      content: { 'application/x-ndjson': { schema: linkLineSchema } },
    },
    400: problem('The batch does not fit'),
    404: problem('No such chapter'),
  },
})

export const patchVideo = createRoute({
  method: 'patch',
  path: '/api/videos/{videoId}',
  tags,
  summary: 'Rename or move a linked video',
  request: {
    params: videoParams,
    headers: revisionHeadersSchema.safeExtend({
      'if-match': z
        .string()
        .optional()
        .meta({ description: 'The version that is changed, quoted: `"3"`', example: '"3"' }),
    }),
    body: body(videoPatchSchema),
  },
  responses: {
    200: json(videoSchema, 'The video as it is now'),
    400: problem('The change does not fit'),
    404: problem('No such video, or no such chapter to move it to'),
    409: problem('The asset is in that chapter already, or a later change came first', conflict),
    410: problem('The video was removed', removedSchema),
    412: problem('It was changed elsewhere', versionMismatchSchema),
    428: problem('`If-Match` is missing'),
  },
})

export const deleteVideo = createRoute({
  method: 'delete',
  path: '/api/videos/{videoId}',
  tags,
  summary: 'Remove a linked video; one whose link has not arrived yet, too',
  request: { params: videoParams, headers: revisionHeadersSchema },
  responses: {
    204: { description: 'It is gone, and a link that arrives later is answered 410' },
    400: problem('The headers do not fit'),
    409: problem('A later change came first', staleRevisionSchema),
  },
})

export const restoreVideo = createRoute({
  method: 'post',
  path: '/api/videos/{videoId}/restore',
  tags,
  summary: 'Undo a removal: the video comes back with its id, name and place',
  request: { params: videoParams, headers: revisionHeadersSchema },
  responses: {
    200: json(videoSchema, 'The video is back (or was never gone)'),
    204: { description: 'It was never linked: its id can be linked' },
    400: problem('The headers do not fit'),
    404: problem('No such video, or its chapter is gone'),
    409: problem('The asset is in the chapter again, or a later change came first', conflict),
  },
})
