import type { Link } from '#contract/videos.ts'
import { answerBatch } from './batch-answer.ts'
import { type Fate, fairFate } from './fate.ts'
import { connectionLost, failure, isGivenUp, type OpenRequest, toResponse } from './open-request.ts'
import type { ReferenceServer, ServerAnswer } from './reference-server.ts'
import type { Schedule } from './schedule.ts'

/**
 * Stands for `fetch`: when a request arrives, and each piece of its answer, is up to the schedule.
 */
export function createNetwork(server: ReferenceServer, schedule: Schedule, fates: readonly Fate[]) {
  const open = new Set<OpenRequest>()
  let count = 0
  let isFair = false

  async function fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const { method = 'GET', signal } = init
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const links: Link[] = path.endsWith('/batch') ? body.videos : []
    const fate = (isFair ? undefined : fates[count]) ?? fairFate
    count += 1
    const request: OpenRequest = {
      name: `${method} ${count}`,
      fate,
      signal: signal ?? new AbortController().signal,
      linkIds: links.map(({ id }) => id),
      mediaIds: links.map(({ mediaId }) => mediaId),
      videoId: path.startsWith('/api/videos/') ? path.split('/')[3] : undefined,
      isAnswered: false,
      close: () => open.delete(request),
    }
    open.add(request)
    const answer =
      links.length > 0
        ? () => answerBatch(request, links, path.split('/')[3] ?? '', server, schedule)
        : () => {
            const headers = new Headers(init.headers)
            const ifMatch = headers.get('if-match') ?? undefined
            const revision = Number(headers.get('lectern-revision')) || undefined
            const page = headers.get('lectern-page') ?? undefined
            return answerPlainly(request, schedule, () =>
              server.handle({ method, path, body, ifMatch, revision, page }),
            )
          }
    return orAborted(request, arrive(request, schedule).then(answer))
  }

  return {
    fetch,
    open: open as ReadonlySet<OpenRequest>,
    /** From now on every request is served. */
    becomeFair: () => {
      isFair = true
    },
  }
}

async function arrive(request: OpenRequest, { turn }: Schedule) {
  await turn(`${request.name} arrives`)
  if (isGivenUp(request)) throw new TypeError('given up')
}

async function answerPlainly(
  { name, fate: { kind }, close }: OpenRequest,
  { turn }: Schedule,
  handle: () => ServerAnswer,
): Promise<Response> {
  const answer = kind === 'lost' || kind === 'failed' ? failure : handle()
  if (kind === 'duplicated') void turn(`${name} arrives again`).then(handle)
  await turn(`${name} is answered`)
  close()
  if (kind === 'lost' || kind === 'answerLost' || kind === 'cut') throw connectionLost()
  if (kind === 'unreadable' || kind === 'truncated') return new Response('{')
  return toResponse(kind === 'answerFailed' ? failure : answer)
}

/**
 * The response, unless the request is given up before. Either way, a request that failed is over.
 */
function orAborted(request: OpenRequest, response: Promise<Response>): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    const { signal } = request
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  for (const promise of [response, aborted]) void promise.catch(request.close)
  return Promise.race([response, aborted])
}
