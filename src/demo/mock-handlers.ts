import { HttpResponse, http } from 'msw'

/** The real app, which answers the requests. */
export type App = { fetch: (request: Request) => Response | Promise<Response> }

/**
 * Creates MSW handlers for every path of the server, on a site at the path `base`. `answer` gets
 * each request as a server at the root would.
 */
export const createServerHandlers = (answer: (request: Request) => Promise<Response>, base = '/') =>
  ['api/*', 'media/*'].map((path) =>
    http.all(base + path, async ({ request }) => answer(await toServerRequest(request, base))),
  )

/** The response of a network that refuses a request instead of passing it on. */
export const createProblemResponse = (detail: string, status = 403) =>
  HttpResponse.json(
    { type: 'about:blank', title: 'Refused on purpose', status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )

async function toServerRequest(request: Request, base: string): Promise<Request> {
  const { method, headers } = request
  const url = new URL(request.url)
  url.pathname = url.pathname.slice(base.length - 1)
  // A service worker passes an empty body if there was none; only a real body has a content type.
  if (!headers.has('content-type')) return new Request(url, { method, headers })
  return new Request(url, { method, headers, body: await request.arrayBuffer() })
}
