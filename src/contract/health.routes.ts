import { createRoute, json, problem } from './route.ts'
import { z } from './zod.ts'

export const getHealth = createRoute({
  method: 'get',
  path: '/api/health',
  tags: ['Health'],
  summary: 'Tell whether the server can serve',
  responses: {
    200: json(z.object({ status: z.literal('ok') }), 'It can'),
    500: problem('It can’t reach its database'),
  },
})
