import type { LinkLine, LinkResultLine } from '#contract/videos.ts'

/**
 * Streams the results of a batch of links, one per line, then a line that marks the end. `link`
 * starts when the body is read, and its signal aborts when the reader disconnects.
 */
export function streamLinks(
  link: (signal: AbortSignal) => AsyncGenerator<LinkResultLine[]>,
): Response {
  const cancellation = new AbortController()
  const answers = link(cancellation.signal)
  const encoder = new TextEncoder()
  const encode = (lines: readonly LinkLine[]) =>
    encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value, done } = await answers.next()
        controller.enqueue(encode(done ? [{ done }] : value))
        if (done) controller.close()
      },
      cancel: () => cancellation.abort(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}

/** Keeps proxies from holding lines back to fill a buffer (nginx) or a compression block. */
const headers = {
  'content-type': 'application/x-ndjson',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}
