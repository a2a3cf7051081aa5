import { delay } from '#shared/delay.ts'
import { connectionReady } from '../connection.ts'
import { requestStream } from '../http.ts'
import { type LiveEvent, readEvents } from './read-events.ts'

/** How long a stream may be silent before it counts as lost, in ms: two heartbeats and a margin. */
const maxSilence = 60_000

const minPause = 500
const maxPause = 30_000

type Options = {
  /** The number of the change to resume after; `undefined` to start with the newest. */
  readPosition: () => number | undefined
  onEvents: (events: LiveEvent[]) => void
  signal: AbortSignal
}

/** Follows the server's changes until the signal aborts, reconnecting as often as needed. */
export async function followStream(options: Options): Promise<void> {
  const { signal } = options
  for (let failures = 0; !signal.aborted; failures += 1) {
    const hasConnected = await readConnection(options)
    if (hasConnected) failures = 0
    await pause(Math.min(minPause * 2 ** failures, maxPause), signal)
    await connectionReady(false, delay, signal).catch(() => {})
  }
}

/** Resolves after that many ms, or when the browser comes online. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const controller = abortWith(signal)
  await delay(milliseconds, controller.signal)
  controller.abort()
}

/** A controller that aborts with the signal, or when the browser comes online. */
function abortWith(signal: AbortSignal): AbortController {
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { signal: controller.signal })
  addEventListener('online', abort, { signal: controller.signal })
  if (signal.aborted) abort()
  return controller
}

/** Reads one connection to its end; returns whether it was established. */
async function readConnection({ readPosition, onEvents, signal }: Options): Promise<boolean> {
  const connection = watchSilence(signal)
  const after = readPosition()
  let hasConnected = false
  try {
    const { body } = await requestStream('GET /api/events', {
      query: after === undefined ? {} : { after: String(after) },
      signal: connection.signal,
    })
    for await (const events of body ? readEvents(body) : []) {
      hasConnected = true
      connection.noteActivity()
      if (events.length > 0) dispatch(onEvents, events)
    }
  } catch {
    // However it ended, the next connection resumes after the last change.
  } finally {
    connection.end()
  }
  return hasConnected
}

/** Reports errors of the handler: they are no reason to request the events again. */
function dispatch(onEvents: Options['onEvents'], events: LiveEvent[]) {
  try {
    onEvents(events)
  } catch (error) {
    reportError(error)
  }
}

/**
 * A signal that aborts after too long a silence, with the given signal, or when the browser comes
 * online: an earlier connection is then probably dead, which would be noticed only much later.
 */
function watchSilence(signal: AbortSignal) {
  const connection = abortWith(signal)
  const end = () => {
    clearTimeout(timer)
    connection.abort()
  }
  let timer = setTimeout(end, maxSilence)
  return {
    signal: connection.signal,
    noteActivity() {
      clearTimeout(timer)
      timer = setTimeout(end, maxSilence)
    },
    end,
  }
}
