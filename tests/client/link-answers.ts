import type { Link, Video } from '#contract/videos.ts'

export const chapterId = '01900000-0000-7000-8000-0000000000c1'

/** Creates a UUID that ends with a number. */
export const createId = (number: number) =>
  `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

export const createLink = (number: number): Link => ({
  id: createId(number),
  mediaId: createId(900_000 + number),
  filename: `Урок ${number} 🎬.mp4`,
  position: `a${number % 10}`,
})

export const createVideo = (number: number): Video => ({
  ...createLink(number),
  chapterId,
  version: 1,
  revision: 0,
  durationSeconds: number,
})

export const problemWith = (status: number) => ({
  type: 'about:blank',
  title: 'No',
  status,
  detail: `Said ${status}`,
})

export const linkedLine = (number: number) =>
  JSON.stringify({ id: createId(number), status: 201, video: createVideo(number) })

export const problemLine = (number: number, status: number) =>
  JSON.stringify({ id: createId(number), status, problem: problemWith(status) })

export const doneLine = JSON.stringify({ done: true })

/** A response that arrives in these chunks and then ends, or breaks off with `error`. */
export function createResponse(chunks: (string | Uint8Array)[], error?: Error): Response {
  const encoder = new TextEncoder()
  const left = [...chunks]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = left.shift()
      if (chunk !== undefined) {
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      } else if (error) controller.error(error)
      else controller.close()
    },
  })
  return new Response(body)
}

/** A response with these lines, in one chunk. */
export const createLineResponse = (...lines: string[]) =>
  createResponse([lines.map((line) => `${line}\n`).join('')])

/** A response that the test writes line by line, and that breaks when its request is aborted. */
export function openResponse(signal: AbortSignal) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  // A broken stream rejects pending writes, which is intended here.
  writer.closed.catch(() => undefined)
  signal.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => undefined))
  return {
    response: new Response(readable),
    write: (line: string) => writer.write(new TextEncoder().encode(`${line}\n`)),
    end: () => writer.close(),
  }
}
