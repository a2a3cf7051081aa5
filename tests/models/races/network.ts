import type { Link } from '#contract/videos.ts'
import { respondToBatch } from './batch-response.ts'
import { type NetworkOutcome, servedOutcome } from './network-outcome.ts'
import {
  connectionLost,
  isAborted,
  type OpenRequest,
  serverError,
  toResponse,
} from './open-request.ts'
import type { ReferenceServer, ServerResponse } from './reference-server.ts'
import type { Schedule } from './schedule.ts'

/**
 * Replaces `fetch`; the schedule decides when a request arrives and each chunk of its response.
 */
export function createNetwork(
  server: ReferenceServer,
  schedule: Schedule,
  outcomes: readonly NetworkOutcome[],
) {
  const open = new Set<OpenRequest>()
  let count = 0
  let isReliable = false

  async function fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { method = 'GET', signal } = init
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const links: Link[] = path.endsWith('/batch') ? body.videos : []
    const outcome = (isReliable ? undefined : outcomes[count]) ?? servedOutcome
    count += 1
    const request: OpenRequest = {
      name: `${method} ${count}`,
      outcome,
      signal: signal ?? new AbortController().signal,
      linkIds: links.map(({ id }) => id),
      mediaIds: links.map(({ mediaId }) => mediaId),
      videoId: path.startsWith('/api/videos/') ? path.split('/')[3] : undefined,
      isStreaming: false,
      close: () => open.delete(request),
    }
    open.add(request)
    const handle =
      links.length > 0
        ? () => respondToBatch(request, links, path.split('/')[3] ?? '', server, schedule)
        : () => {
            const headers = new Headers(init.headers)
            const ifMatch = headers.get('if-match') ?? undefined
            const revision = Number(headers.get('lectern-revision')) || undefined
            const page = headers.get('lectern-page') ?? undefined
            return respond(request, schedule, () =>
              server.handle({ method, path, body, ifMatch, revision, page }),
            )
          }
    return abortable(request, arrive(request, schedule).then(handle))
  }

  return {
    fetch,
    open: open as ReadonlySet<OpenRequest>,
    /** Serves every request from now on. */
    deliverEverything: () => {
      isReliable = true
    },
  }
}

async function arrive(request: OpenRequest, { turn }: Schedule) {
  await turn(`${request.name} arrives`)
  if (isAborted(request)) throw new TypeError('aborted')
}

async function respond(
  { name, outcome: { kind }, close }: OpenRequest,
  { turn }: Schedule,
  handle: () => ServerResponse,
): Promise<Response> {
  const response = kind === 'lost' || kind === 'failed' ? serverError : handle()
  if (kind === 'duplicated') void turn(`${name} arrives again`).then(handle)
  await turn(`${name} is answered`)
  close()
  if (kind === 'lost' || kind === 'responseLost' || kind === 'cut') throw connectionLost()
  if (kind === 'unreadable' || kind === 'truncated') return new Response('{')
  return toResponse(kind === 'responseFailed' ? serverError : response)
}

/** Rejects if the request is aborted before its response. Closes a request that failed. */
function abortable(request: OpenRequest, response: Promise<Response>): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    const { signal } = request
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  for (const promise of [response, aborted]) void promise.catch(request.close)
  return Promise.race([response, aborted])
}
