import { idSchema } from './ids.ts'
import { mediaPageSchema, mediaQuerySchema } from './media.ts'
import { mediaDetailsSchema } from './media-details.ts'
import { createRoute, json, problem } from './route.ts'
import { z } from './zod.ts'

const params = z.object({ mediaId: idSchema })
const image = { schema: z.string() }
const tags = ['Media']

export const listMedia = createRoute({
  method: 'get',
  path: '/api/media',
  tags,
  summary: 'Search the media library, a page at a time',
  request: { query: mediaQuerySchema },
  responses: { 200: json(mediaPageSchema, 'A page'), 400: problem('The query is invalid') },
})

export const getMedia = createRoute({
  method: 'get',
  path: '/api/media/{mediaId}',
  tags,
  summary: 'Read a media asset with its details',
  request: { params },
  responses: {
    200: json(mediaDetailsSchema, 'The asset'),
    404: problem('No such asset'),
  },
})

export const putThumbnail = createRoute({
  method: 'put',
  path: '/api/media/{mediaId}/thumbnail',
  tags,
  summary: 'Give a media asset a thumbnail, of at most 1 MiB and 2,048 pixels a side',
  request: {
    params,
    body: { content: { 'image/jpeg': image, 'image/png': image, 'image/webp': image } },
  },
  responses: {
    204: { description: 'Stored' },
    403: problem('The request comes from another site'),
    404: problem('No such asset'),
    413: problem('The image is larger than 1 MiB'),
    415: problem('The body is no JPEG, PNG or WebP by its type'),
    422: problem('The body is no such image, or has too many pixels'),
  },
})
