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
  summary: 'Give a media asset captions in a language, in place of those it has in it',
  request: { params, body: { content: { 'text/vtt': text, 'application/x-subrip': text } } },
  responses: {
    200: json(captionsSchema, 'Stored'),
    400: problem('The language is no language tag'),
    403: problem('The request comes from another site'),
    404: problem('No such asset'),
    413: problem('The file is larger than 1 MiB'),
    415: problem('The body is neither WebVTT nor SubRip by its type'),
    422: problem('The body is no such file'),
  },
})

export const deleteCaptions = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Remove the captions of a language; repeating it answers 204',
  request: { params },
  responses: {
    204: { description: 'Removed' },
    400: problem('The language is no language tag'),
    403: problem('The request comes from another site'),
    404: problem('No such asset'),
  },
})
