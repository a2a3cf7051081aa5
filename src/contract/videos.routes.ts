import { idSchema } from './ids.ts'
import { pageHeaderSchema } from './page-header.ts'
import { problemSchema } from './problem.ts'
import { placeRemovedSchema } from './removals.ts'
import { revisionHeadersSchema } from './revision-headers.ts'
import { body, createRoute, json, problem } from './route.ts'
import { ifMatchSchema } from './versions.ts'
import {
  linkBatchSchema,
  linkContentSchema,
  linkLineSchema,
  removedSchema,
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
const chapterRemoved = problem('The chapter or its course was removed', placeRemovedSchema)
const removed = problem(
  'The video, the chapter or its course was removed',
  z.union([removedSchema, placeRemovedSchema]),
)

export const listVideos = createRoute({
  method: 'get',
  path: '/api/chapters/{chapterId}/videos',
  tags,
  summary: 'Read the linked videos of a chapter, in order',
  request: { params: chapterParams },
  responses: {
    200: json(videoListSchema, 'The videos'),
    404: problem('No such chapter'),
    410: chapterRemoved,
  },
})

export const linkVideo = createRoute({
  method: 'put',
  path: '/api/chapters/{chapterId}/videos/{videoId}',
  tags,
  summary: 'Link one video under an id chosen by the client',
  request: {
    params: chapterParams.extend(videoParams.shape),
    headers: pageHeaderSchema,
    body: body(linkContentSchema),
  },
  responses: {
    200: json(videoSchema, 'The same link already exists'),
    201: json(videoSchema, 'Linked'),
    400: problem('The content is invalid'),
    403: problem('Refused'),
    404: problem('No such chapter'),
    409: problem('The asset is already in the chapter'),
    410: removed,
    422: problem('The id is in use for different content, or the asset is not in the library'),
  },
})

export const linkVideos = createRoute({
  method: 'post',
  path: '/api/chapters/{chapterId}/videos/batch',
  tags,
  summary: 'Link 1 to 200 videos; each gets a line of its own as soon as it is done',
  request: { params: chapterParams, headers: pageHeaderSchema, body: body(linkBatchSchema) },
  responses: {
    200: {
      description: 'One line per video, in any order, then `{"done":true}`',
      content: { 'application/x-ndjson': { schema: linkLineSchema } },
    },
    400: problem('The batch is invalid'),
    404: problem('No such chapter'),
    410: chapterRemoved,
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
      'if-match': ifMatchSchema,
    }),
    body: body(videoPatchSchema),
  },
  responses: {
    200: json(videoSchema, 'The video as it is now'),
    400: problem('The change is invalid'),
    404: problem('No such video, or no such chapter to move it to'),
    409: problem(
      'The asset is already in that chapter, or a later change was applied first',
      conflict,
    ),
    410: removed,
    412: problem('It has changed in the meantime', versionMismatchSchema),
    428: problem('`If-Match` is missing'),
  },
})

export const deleteVideo = createRoute({
  method: 'delete',
  path: '/api/videos/{videoId}',
  tags,
  summary: 'Remove a linked video, even one whose link has not arrived yet',
  request: { params: videoParams, headers: revisionHeadersSchema },
  responses: {
    204: { description: 'Removed; a link that arrives later gets a 410' },
    400: problem('The headers are invalid'),
    409: problem('A later change was applied first', staleRevisionSchema),
  },
})

export const restoreVideo = createRoute({
  method: 'post',
  path: '/api/videos/{videoId}/restore',
  tags,
  summary: 'Undo a removal: the video comes back with its id, name and place',
  request: { params: videoParams, headers: revisionHeadersSchema },
  responses: {
    200: json(videoSchema, 'The video is back, or was never removed'),
    204: { description: 'It was never linked; its id is free to be linked' },
    400: problem('The headers are invalid'),
    404: problem('No such video'),
    409: problem(
      'The asset is in the chapter again, or a later change was applied first',
      conflict,
    ),
    410: chapterRemoved,
  },
})
