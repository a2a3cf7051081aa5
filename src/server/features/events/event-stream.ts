/** A server-sent event; one without a name is a comment, which keeps the connection open. */
export type ServerEvent = { name?: string; id?: number; data?: object }

/** Gives the events of a stream, until its signal aborts. */
type Follow = (signal: AbortSignal) => AsyncGenerator<readonly ServerEvent[]>

/**
 * Makes streams that end together.
 * @param stopping ends all of them; it is listened to once, however many there are
 * @returns a function that answers a request by a stream, which ends when the request is aborted
 */
export function createEventStreams(stopping: AbortSignal | undefined) {
  const open = new Set<AbortController>()
  stopping?.addEventListener('abort', () => {
    for (const ending of open) ending.abort()
  })
  return (request: AbortSignal, follow: Follow): Response => {
    const ending = new AbortController()
    const end = () => ending.abort()
    ending.signal.addEventListener('abort', () => open.delete(ending))
    open.add(ending)
    request.addEventListener('abort', end, { signal: ending.signal })
    if (request.aborted || stopping?.aborted) end()
    return streamEvents(follow(ending.signal), end)
  }
}

/**
 * Streams events. The next are asked for when the reader has taken the last ones: a slow reader
 * keeps none of them in memory.
 */
function streamEvents(events: ReturnType<Follow>, end: () => void): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value, done } = await events.next()
        if (!done) return controller.enqueue(encodeOnce(value))
        end()
        controller.close()
      },
      async cancel() {
        end()
        // Between two events, it would not hear of the end.
        await events.return(undefined)
      },
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

const encoder = new TextEncoder()
const encoded = new WeakMap<readonly ServerEvent[], Uint8Array<ArrayBuffer>>()

/** The same bytes for the same events, however many read them. */
function encodeOnce(events: readonly ServerEvent[]) {
  const bytes = encoded.get(events) ?? encoder.encode(events.map(formatEvent).join(''))
  encoded.set(events, bytes)
  return bytes
}

function formatEvent({ name, id, data }: ServerEvent): string {
  if (name === undefined) return ':\n\n'
  const event = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
  return id === undefined ? event : `id: ${id}\n${event}`
}
