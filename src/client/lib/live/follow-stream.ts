import { delay } from '#shared/delay.ts'
import { connectionReady } from '../connection.ts'
import { requestStream } from '../http.ts'
import { type LiveEvent, readEvents } from './read-events.ts'

/** How long a stream may be silent before it counts as lost, in ms; the server speaks up twice. */
const maxSilence = 60_000

const shortestPause = 500
const longestPause = 30_000

type Options = {
  /** The number to go on after; `undefined` to begin with the newest. */
  readPosition: () => number | undefined
  onEvents: (events: LiveEvent[]) => void
  signal: AbortSignal
}

/** Follows the server's changes until the signal aborts, over any number of connections. */
export async function followStream(options: Options): Promise<void> {
  const { signal } = options
  for (let failures = 0; !signal.aborted; failures += 1) {
    const hasConnected = await readOn(options)
    if (hasConnected) failures = 0
    await pause(Math.min(shortestPause * 2 ** failures, longestPause), signal)
    await connectionReady(false, delay, signal).catch(() => {})
  }
}

/** Resolves after so many ms, or when the browser is online again. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = abortWith(signal)
  await delay(milliseconds, over.signal)
  over.abort()
}

/** A controller that aborts with a signal, and when the browser is online again. */
function abortWith(signal: AbortSignal): AbortController {
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { signal: controller.signal })
  addEventListener('online', abort, { signal: controller.signal })
  if (signal.aborted) abort()
  return controller
}

/** Reads one connection to its end, and tells whether there was one. */
async function readOn({ readPosition, onEvents, signal }: Options): Promise<boolean> {
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
      if (events.length > 0) tell(onEvents, events)
    }
  } catch {
    // However it ended, the next one goes on from the last number.
  } finally {
    connection.end()
  }
  return hasConnected
}

/** What a page can't show of some events is no reason to ask for them again. */
function tell(onEvents: Options['onEvents'], events: LiveEvent[]) {
  try {
    onEvents(events)
  } catch (error) {
    reportError(error)
  }
}

/**
 * A signal that aborts after too long a silence, with another one, and when the browser is online
 * again: what was connected before is likely to be dead, and would only be found so much later.
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
