import { changeSchema } from './changes.ts'
import { idSchema } from './ids.ts'
import { editedIdsSchema } from './presence.ts'
import { body, createRoute, problem } from './route.ts'
import { z } from './zod.ts'

/** A change's sequence number as text. Every number of 15 digits is a safe integer. */
const sequenceText = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'Use the number of a change, such as 17' })
  .transform(Number)

export const streamEvents = createRoute({
  method: 'get',
  path: '/api/events',
  tags: ['Events'],
  summary: 'Follow the changes of courses, chapters and linked videos, as server-sent events',
  description:
    'The first event is `start`. Its id is the number after which the stream begins: `after`, or the number of the newest change if that is omitted. If the changes after it are no longer known, the first event is `reset` instead, with the number of the newest change: reload what you have. Each change is then a `change` event with its number as the id. An `editing` event lists the names being edited on a page (`page` and `ids`, see `PUT /api/pages/{pageId}/editing`); it has no id. Comments keep the connection open.',
  request: {
    query: z.object({
      after: sequenceText
        .optional()
        .meta({ description: 'The number of the last change received' }),
    }),
    headers: z.object({
      'last-event-id': sequenceText
        .optional()
        .meta({ description: 'Overrides `after`; browsers send it automatically' }),
    }),
  },
  responses: {
    200: {
      description: 'The events; this is the data of a `change`',
      content: { 'text/event-stream': { schema: changeSchema } },
    },
    400: problem('`after` or `Last-Event-ID` is not the number of a change'),
  },
})

export const putEditing = createRoute({
  method: 'put',
  path: '/api/pages/{pageId}/editing',
  tags: ['Events'],
  summary: 'Tell other pages which courses, chapters and videos are being renamed on this one',
  description:
    'It holds for 25 s: repeat it every 10 s, and send it once more without ids at the end.',
  request: {
    params: z.object({ pageId: idSchema }),
    body: body(z.object({ ids: editedIdsSchema })),
  },
  responses: {
    204: { description: 'Sent to all pages that follow the events' },
    400: problem('An id is invalid, or there are too many'),
  },
})
