/** A server-sent event; one without a name is a comment, which keeps the connection open. */
export type ServerEvent = { name?: string; id?: number; data?: object }

/**
 * Streams events. The next are asked for when the reader has taken the last ones: a slow reader
 * keeps none of them in memory.
 * @param ends end the stream when one of them aborts
 * @param follow gives the events; its signal aborts when the stream ends, or its reader is gone
 */
export function eventStream(
  ends: readonly AbortSignal[],
  follow: (signal: AbortSignal) => AsyncGenerator<ServerEvent[]>,
): Response {
  const ending = new AbortController()
  const end = () => ending.abort()
  for (const signal of ends) signal.addEventListener('abort', end, { signal: ending.signal })
  if (ends.some(({ aborted }) => aborted)) end()
  const events = follow(ending.signal)
  const encoder = new TextEncoder()

  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value, done } = await events.next()
        if (!done) return controller.enqueue(encoder.encode(value.map(formatEvent).join('')))
        end()
        controller.close()
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}

/** No proxy may hold events back, to fill a buffer (nginx) or a block to compress. */
const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const formatEvent = ({ name, id, data }: ServerEvent): string =>
  name === undefined ? ':\n\n' : `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`
