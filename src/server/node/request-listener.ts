import { getRequestListener } from '@hono/node-server'
import { createProblem } from '#contract/problem.ts'
import { problemResponse } from '../http/problem-response.ts'

/** What Node's HTTP server calls. A request that no `Request` can be made of is answered here; the app never sees it. */
export const createRequestListener = (fetch: (request: Request) => Response | Promise<Response>) =>
  getRequestListener(fetch, { errorHandler: () => problemResponse(unreadable) })

const unreadable = createProblem('invalid-request', 'The address or the Host header can’t be read.')
