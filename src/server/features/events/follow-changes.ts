import type { Presence } from '#contract/presence.ts'
import type { Notifier } from '../../db/database.ts'
import type { Log } from '../../dependencies.ts'
import type { ServerEvent } from './event-stream.ts'
import type { PresenceBoard } from './presence.ts'
import type { SharedReads } from './share-reads.ts'

/**
 * How long a stream may be silent, in ms. Proxies close a connection that is silent for a minute.
 * Each heartbeat also reads changes whose notification was lost.
 */
const heartbeat = 25_000

type Options = {
  changes: SharedReads
  /** The number to start after; by default, the newest change's. */
  after: number | undefined
  notifier: Notifier | undefined
  presence: PresenceBoard
  log: Log
  signal: AbortSignal
}

/**
 * Yields changes as they are made, and what is being edited on pages, until the signal aborts or
 * the database fails.
 */
export async function* followChanges(options: Options): AsyncGenerator<readonly ServerEvent[]> {
  const { notifier, presence, log, signal } = options
  const wakeUp = createWakeUp(signal)
  const unsubscribes = [notifier?.subscribe(wakeUp.set), presence.subscribe(wakeUp.set)]
  try {
    yield* streamChanges(options, wakeUp)
  } catch (error) {
    // The page reconnects. A stream that has begun can't report an error.
    log.error({ error }, 'could not read the changes')
  } finally {
    for (const unsubscribe of unsubscribes) unsubscribe?.()
  }
}

async function* streamChanges(
  { changes, after, presence, signal }: Options,
  wakeUp: ReturnType<typeof createWakeUp>,
): AsyncGenerator<readonly ServerEvent[]> {
  const start = await changes.findStart(after)
  yield [start]
  let position = start.id
  let lastPresence = 0

  while (!signal.aborted) {
    wakeUp.reset()
    const { newest, presences } = presence.readAfter(lastPresence)
    lastPresence = newest
    if (presences.length > 0) yield presences.map(toEvent)
    const events = await changes.readAfter(position)
    position = events.at(-1)?.id ?? position
    if (events.length > 0) {
      yield events
    } else {
      await wakeUp.wait(heartbeat)
      if (!signal.aborted && !wakeUp.isSet()) yield [{}]
    }
  }
}

const toEvent = (data: Presence): ServerEvent => ({ name: 'editing', data })

/** A wake-up call that stays set until it is reset, so that none is missed. */
function createWakeUp(signal: AbortSignal) {
  let isSet = false
  let wake = () => {}
  signal.addEventListener('abort', () => wake())
  return {
    set() {
      isSet = true
      wake()
    },
    reset() {
      isSet = false
    },
    isSet: () => isSet,
    /** Resolves when it is set, the signal aborts or that many milliseconds have passed. */
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        if (isSet || signal.aborted) return resolve()
        // By hand: a signal for each wait would take a seventh of an idle stream's memory.
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}
