import { idSchema } from './ids.ts'
import {
  mediaAssetSchema,
  mediaMismatchSchema,
  mediaPageSchema,
  mediaPatchSchema,
  mediaQuerySchema,
  mediaReplacementSchema,
} from './media.ts'
import { mediaDetailsSchema } from './media-details.ts'
import { mediaMergeResultSchema, mediaMergeSchema } from './media-merge.ts'
import { mediaTaggedSchema, mediaTaggingSchema, mediaTagsSchema } from './media-tags.ts'
import { pageHeaderSchema } from './page-header.ts'
import { body, createRoute, json, problem } from './route.ts'
import { ifMatchHeadersSchema, optionalIfMatchHeadersSchema } from './versions.ts'
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

export const tagMedia = createRoute({
  method: 'patch',
  path: '/api/media',
  tags,
  summary: 'Add a tag to media assets, or remove it from them; repeating it changes nothing',
  request: { body: body(mediaTaggingSchema) },
  responses: {
    200: json(mediaTaggedSchema, 'Done; assets that are not in the library were skipped'),
    400: problem('The body is invalid'),
  },
})

export const listTags = createRoute({
  method: 'get',
  path: '/api/media-tags',
  tags,
  summary: 'List the tags that media assets have',
  responses: { 200: json(mediaTagsSchema, 'All tags') },
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

export const patchMedia = createRoute({
  method: 'patch',
  path: '/api/media/{mediaId}',
  tags,
  summary: 'Rename a media asset; linked videos keep their own names',
  request: { params, headers: ifMatchHeadersSchema, body: body(mediaPatchSchema) },
  responses: {
    200: json(mediaAssetSchema, 'The asset as it is now'),
    400: problem('The name is invalid'),
    404: problem('No such asset'),
    412: problem('It has changed in the meantime', mediaMismatchSchema),
    428: problem('`If-Match` is missing'),
  },
})

export const deleteMedia = createRoute({
  method: 'delete',
  path: '/api/media/{mediaId}',
  tags,
  summary: 'Remove an asset from the library; its linked videos stay, and repeating it returns 204',
  request: { params, headers: optionalIfMatchHeadersSchema },
  responses: {
    204: { description: 'Removed; it can be restored' },
    400: problem('`If-Match` is invalid'),
    412: problem('It has changed in the meantime, or was restored', mediaMismatchSchema),
  },
})

export const restoreMedia = createRoute({
  method: 'post',
  path: '/api/media/{mediaId}/restore',
  tags,
  summary: 'Undo a removal',
  request: { params, headers: optionalIfMatchHeadersSchema },
  responses: {
    200: json(mediaAssetSchema, 'The asset is back, or was never removed'),
    400: problem('`If-Match` is invalid'),
    404: problem('No such asset'),
    412: problem('It was restored and removed again', mediaMismatchSchema),
  },
})

export const replaceMedia = createRoute({
  method: 'post',
  path: '/api/media/{mediaId}/replace',
  tags,
  summary:
    'Swap the files of two assets; the other one is removed, and restoring it undoes the swap',
  request: {
    params,
    headers: optionalIfMatchHeadersSchema,
    body: body(mediaReplacementSchema),
  },
  responses: {
    200: json(mediaAssetSchema, 'The asset with its new file; its links and its name stay'),
    400: problem('The body or `If-Match` is invalid'),
    404: problem('No such asset'),
    409: problem('The other asset is used in chapters'),
    412: problem('It has changed in the meantime', mediaMismatchSchema),
    422: problem('The other asset is not in the library'),
  },
})

export const mergeMedia = createRoute({
  method: 'post',
  path: '/api/media/{mediaId}/merge',
  tags,
  summary:
    'Remove an asset, and link its videos to another one with the same content; repeating it changes nothing',
  request: { params, headers: pageHeaderSchema, body: body(mediaMergeSchema) },
  responses: {
    200: json(mediaMergeResultSchema, 'Removed; its videos keep their names, places and chapters'),
    400: problem('The body is invalid'),
    404: problem('No such asset'),
    422: problem('The other asset is not in the library, or has different content'),
  },
})

export const putThumbnail = createRoute({
  method: 'put',
  path: '/api/media/{mediaId}/thumbnail',
  tags,
  summary: 'Set the thumbnail of a media asset, of at most 1 MiB and 2,048 pixels per side',
  request: {
    params,
    body: { content: { 'image/jpeg': image, 'image/png': image, 'image/webp': image } },
  },
  responses: {
    204: { description: 'Stored' },
    403: problem('The request comes from another site'),
    404: problem('No such asset'),
    413: problem('The image is larger than 1 MiB'),
    415: problem('The content type is not JPEG, PNG or WebP'),
    422: problem('The body is not a valid image, or has too many pixels'),
  },
})
