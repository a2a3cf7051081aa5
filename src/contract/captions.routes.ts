import { captionsLanguageSchema, captionsSchema } from './captions.ts'
import { idSchema } from './ids.ts'
import { createRoute, json, problem } from './route.ts'
import { z } from './zod.ts'

const params = z.object({ mediaId: idSchema, language: captionsLanguageSchema })
const path = '/api/media/{mediaId}/captions/{language}'
const text = { schema: z.string() }
const tags = ['Media']

export const putCaptions = createRoute({
  method: 'put',
  path,
  tags,
  summary: 'Set the captions of a media asset in a language, replacing any it has',
  request: { params, body: { content: { 'text/vtt': text, 'application/x-subrip': text } } },
  responses: {
    200: json(captionsSchema, 'Stored'),
    400: problem('The language is not a language tag'),
    403: problem('The request comes from another site'),
    404: problem('No such asset'),
    413: problem('The file is larger than 1 MiB'),
    415: problem('The content type is neither WebVTT nor SubRip'),
    422: problem('The body is not valid WebVTT or SubRip'),
  },
})

export const deleteCaptions = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Remove the captions of a language; repeating it returns 204',
  request: { params },
  responses: {
    204: { description: 'Removed' },
    400: problem('The language is not a language tag'),
    403: problem('The request comes from another site'),
    404: problem('No such asset'),
  },
})
