import { HttpResponse, http } from 'msw'

/** What answers in the end: the real app. */
export type App = { fetch: (request: Request) => Response | Promise<Response> }

/**
 * MSW's handlers for every address of the server, below the path where the page stands. `answer` gets
 * each request as a server at the root would.
 */
export const serverHandlers = (answer: (request: Request) => Promise<Response>, base = '/') =>
  ['api/*', 'media/*'].map((path) =>
    http.all(base + path, async ({ request }) => answer(await asReceived(request, base))),
  )

/** What the network answers in the app's place. */
export const refusal = (detail: string, status = 403) =>
  HttpResponse.json(
    { type: 'about:blank', title: 'Refused on purpose', status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )

async function asReceived(request: Request, base: string): Promise<Request> {
  const { method, headers } = request
  const url = new URL(request.url)
  url.pathname = url.pathname.slice(base.length - 1)
  // A service worker hands over an empty body where there was none; whatever has one says its type.
  if (!headers.has('content-type')) return new Request(url, { method, headers })
  return new Request(url, { method, headers, body: await request.arrayBuffer() })
}
