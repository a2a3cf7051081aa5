import type { Link, LinkLine } from '#contract/videos.ts'
import type { Fate } from './fate.ts'
import { connectionLost, failure, isGivenUp, type OpenRequest, toResponse } from './open-request.ts'
import { type ReferenceServer, refusal } from './reference-server.ts'
import type { Schedule } from './schedule.ts'

const encoder = new TextEncoder()

/** Links a batch, each link when its turn comes, and answers line by line, as its fate has it. */
export function answerBatch(
  request: OpenRequest,
  links: readonly Link[],
  chapterId: string,
  server: ReferenceServer,
  { turn }: Schedule,
): Response {
  const { name, fate } = request
  const settle = (link: Link, index: number): LinkLine =>
    fate.refused.includes(index)
      ? { id: link.id, ...refusal('link-refused') }
      : server.link(chapterId, link)

  if (fate.kind === 'lost') throw connectionLost()
  if (fate.kind === 'duplicated') {
    void turn(`${name} arrives again`).then(() => void links.map(settle))
  }
  if (fate.kind === 'failed' || fate.kind === 'answerFailed') {
    if (fate.kind === 'answerFailed') links.map(settle)
    request.close()
    return toResponse(failure)
  }
  return new Response(
    new ReadableStream<Uint8Array>({
      async start(stream) {
        request.signal.addEventListener('abort', () => stream.error(request.signal.reason))
        const say = lineWriter(request, stream, links.length)
        await Promise.all(
          links.map(async (link, index) => {
            await turn(`${name} line ${index + 1} of ${links.length}`)
            if (!isGivenUp(request)) say(settle(link, index))
          }),
        )
        await turn(`${name} ends`)
        request.close()
        if (!request.signal.aborted) end(stream, fate.kind)
      },
    }),
  )
}

type Stream = ReadableStreamDefaultController<Uint8Array>

/** Writes lines, as many as the fate lets through and as it garbles them. */
function lineWriter(request: OpenRequest, stream: Stream, count: number) {
  const { kind, lines } = request.fate
  let left = endsEarly(kind) ? lines : count
  return (line: LinkLine) => {
    if (left === 0 || request.signal.aborted) return
    left -= 1
    request.isAnswered = true
    const text = kind === 'unreadable' ? '{\n' : `${JSON.stringify(line)}\n`
    stream.enqueue(encoder.encode(kind === 'duplicated' ? text.repeat(2) : text))
  }
}

/** Ends the stream; one that was truncated looks as if it were whole. */
function end(stream: Stream, kind: Fate['kind']) {
  if (kind === 'cut' || kind === 'answerLost') return stream.error(connectionLost())
  if (kind !== 'truncated') stream.enqueue(encoder.encode('{"done":true}\n'))
  stream.close()
}

const endsEarly = (kind: Fate['kind']) =>
  kind === 'truncated' || kind === 'cut' || kind === 'answerLost'
