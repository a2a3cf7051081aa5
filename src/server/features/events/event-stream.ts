/** A server-sent event; one without a name is a comment, which keeps the connection open. */
export type ServerEvent = { name?: string; id?: number; data?: object }

/** Yields the events of a stream until its signal aborts. */
type Follow = (signal: AbortSignal) => AsyncGenerator<readonly ServerEvent[]>

/**
 * Creates streams that end together.
 * @param stopping ends all streams; it gets one listener, however many there are
 * @returns a function that responds to a request with a stream, which ends when the request aborts
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
 * Streams events. The next ones are read only once the reader has taken the last, so that none pile
 * up in memory for a slow reader.
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
        // A generator that is suspended between two events would not notice the abort.
        await events.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}

/** Keeps proxies from holding events back to fill a buffer (nginx) or a compression block. */
const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const encoder = new TextEncoder()
const encoded = new WeakMap<readonly ServerEvent[], Uint8Array<ArrayBuffer>>()

/** Encodes the same events only once, however many streams send them. */
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
