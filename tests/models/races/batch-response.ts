import type { Link, LinkLine } from '#contract/videos.ts'
import type { NetworkOutcome } from './network-outcome.ts'
import {
  connectionLost,
  isAborted,
  type OpenRequest,
  serverError,
  toResponse,
} from './open-request.ts'
import { createRefusal, type ReferenceServer } from './reference-server.ts'
import type { Schedule } from './schedule.ts'

const encoder = new TextEncoder()

/** Links a batch, one link per turn, and streams the lines of the response as its outcome says. */
export function respondToBatch(
  request: OpenRequest,
  links: readonly Link[],
  chapterId: string,
  server: ReferenceServer,
  { turn }: Schedule,
): Response {
  const { name, outcome } = request
  const settle = (link: Link, index: number): LinkLine =>
    outcome.refused.includes(index)
      ? { id: link.id, ...createRefusal('link-refused') }
      : server.link(chapterId, link)

  if (outcome.kind === 'lost') throw connectionLost()
  if (outcome.kind === 'duplicated') {
    void turn(`${name} arrives again`).then(() => void links.map(settle))
  }
  if (outcome.kind === 'failed' || outcome.kind === 'responseFailed') {
    if (outcome.kind === 'responseFailed') links.map(settle)
    request.close()
    return toResponse(serverError)
  }
  return new Response(
    new ReadableStream<Uint8Array>({
      async start(stream) {
        request.signal.addEventListener('abort', () => stream.error(request.signal.reason))
        const writeLine = createLineWriter(request, stream, links.length)
        await Promise.all(
          links.map(async (link, index) => {
            await turn(`${name} line ${index + 1} of ${links.length}`)
            if (!isAborted(request)) writeLine(settle(link, index))
          }),
        )
        await turn(`${name} ends`)
        request.close()
        if (!request.signal.aborted) end(stream, outcome.kind)
      },
    }),
  )
}

type Stream = ReadableStreamDefaultController<Uint8Array>

/** Returns a function that writes lines: as many as the outcome allows, garbled if it says so. */
function createLineWriter(request: OpenRequest, stream: Stream, count: number) {
  const { kind, lines } = request.outcome
  let remaining = endsEarly(kind) ? lines : count
  return (line: LinkLine) => {
    if (remaining === 0 || request.signal.aborted) return
    remaining -= 1
    request.isStreaming = true
    const text = kind === 'unreadable' ? '{\n' : `${JSON.stringify(line)}\n`
    stream.enqueue(encoder.encode(kind === 'duplicated' ? text.repeat(2) : text))
  }
}

/** Ends the stream. A truncated one closes normally, but without its last line. */
function end(stream: Stream, kind: NetworkOutcome['kind']) {
  if (kind === 'cut' || kind === 'responseLost') return stream.error(connectionLost())
  if (kind !== 'truncated') stream.enqueue(encoder.encode('{"done":true}\n'))
  stream.close()
}

const endsEarly = (kind: NetworkOutcome['kind']) =>
  kind === 'truncated' || kind === 'cut' || kind === 'responseLost'
