import { createRoute, json, problem } from './route.ts'
import { z } from './zod.ts'

export const getHealth = createRoute({
  method: 'get',
  path: '/api/health',
  tags: ['Health'],
  summary: 'Check whether the server is healthy',
  responses: {
    200: json(z.object({ status: z.literal('ok') }), 'Healthy'),
    500: problem('The database is unreachable'),
  },
})
