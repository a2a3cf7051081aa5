import { changeSchema } from './changes.ts'
import { idSchema } from './ids.ts'
import { editedIdsSchema } from './presence.ts'
import { body, createRoute, problem } from './route.ts'
import { z } from './zod.ts'

/** A change's sequence number as text. Every number of 15 digits is a safe integer. */
const sequenceText = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'Give the number of a change, such as 17' })
  .transform(Number)

export const streamEvents = createRoute({
  method: 'get',
  path: '/api/events',
  tags: ['Events'],
  summary: 'Follow the changes of courses, chapters and linked videos, as server-sent events',
  description:
    'The first event is `start`, whose id is the number that the stream begins after: `after`, or that of the newest change without it. If the changes after it are no longer known it is `reset` instead, with the number of the newest: read again what you have. Then each change is an event `change`, with its number as the id. An event `editing` tells which names are being edited on a page (`page` and `ids`, see `PUT /api/pages/{pageId}/editing`); it has no id. Comments keep the connection open.',
  request: {
    query: z.object({
      after: sequenceText.optional().meta({ description: 'The last number that was received' }),
    }),
    headers: z.object({
      'last-event-id': sequenceText
        .optional()
        .meta({ description: 'Takes the place of `after`; a browser sends it by itself' }),
    }),
  },
  responses: {
    200: {
      description: 'The events; the data of a `change` is as follows',
      content: { 'text/event-stream': { schema: changeSchema } },
    },
    400: problem('`after` or `Last-Event-ID` is no number of a change'),
  },
})

export const putEditing = createRoute({
  method: 'put',
  path: '/api/pages/{pageId}/editing',
  tags: ['Events'],
  summary: 'Tell other pages which courses, chapters and videos are being renamed on this one',
  description:
    'It holds for 25 s: say it again every 10 s, and once more, without ids, at the end.',
  request: {
    params: z.object({ pageId: idSchema }),
    body: body(z.object({ ids: editedIdsSchema })),
  },
  responses: {
    204: { description: 'Told to all pages that follow the events' },
    400: problem('An id is none, or there are too many'),
  },
})
