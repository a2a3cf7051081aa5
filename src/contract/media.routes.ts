import { mediaPageSchema, mediaQuerySchema } from './media.ts'
import { createRoute, json, problem } from './route.ts'

export const listMedia = createRoute({
  method: 'get',
  path: '/api/media',
  tags: ['Media'],
  summary: 'Search the media library, a page at a time',
  request: { query: mediaQuerySchema },
  responses: { 200: json(mediaPageSchema, 'A page'), 400: problem('The query is invalid') },
})
