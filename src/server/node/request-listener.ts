import { getRequestListener } from '@hono/node-server'
import { createProblem } from '#contract/problem.ts'
import { createProblemResponse } from '../http/problem-response.ts'

/** Adapts the app to Node's HTTP server, and answers what can't be parsed as a `Request`. */
export const createRequestListener = (fetch: (request: Request) => Response | Promise<Response>) =>
  getRequestListener(fetch, { errorHandler: () => createProblemResponse(unreadable) })

const unreadable = createProblem('invalid-request', 'The URL or the Host header is malformed.')
