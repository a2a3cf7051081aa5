import type { Presence } from '#contract/presence.ts'
import type { Notifier } from '../../db/database.ts'
import type { Log } from '../../dependencies.ts'
import type { ServerEvent } from './event-stream.ts'
import type { PresenceBoard } from './presence.ts'
import type { SharedReads } from './share-reads.ts'

/**
 * How long a stream may be silent, in ms. Proxies close a connection that is silent for a minute.
 * What a notification was lost for is read then, too.
 */
const heartbeat = 25_000

type Options = {
  changes: SharedReads
  /** The number to begin after; without it, that of the newest change. */
  after: number | undefined
  notifier: Notifier | undefined
  presence: PresenceBoard
  log: Log
  signal: AbortSignal
}

/**
 * Gives the changes as they are made, and what is being edited on pages, until the signal aborts or
 * the database fails.
 */
export async function* followChanges(options: Options): AsyncGenerator<readonly ServerEvent[]> {
  const { notifier, presence, log, signal } = options
  const bell = createBell(signal)
  const unsubscribes = [notifier?.subscribe(bell.ring), presence.subscribe(bell.ring)]
  try {
    yield* readOn(options, bell)
  } catch (error) {
    // The page asks again; it can't be told more.
    log.error({ error }, 'the changes could not be read')
  } finally {
    for (const unsubscribe of unsubscribes) unsubscribe?.()
  }
}

async function* readOn(
  { changes, after, presence, signal }: Options,
  bell: ReturnType<typeof createBell>,
): AsyncGenerator<readonly ServerEvent[]> {
  const start = await changes.findStart(after)
  yield [start]
  let position = start.id
  let heard = 0

  while (!signal.aborted) {
    bell.silence()
    const said = presence.readAfter(heard)
    heard = said.newest
    if (said.presences.length > 0) yield said.presences.map(toEvent)
    const events = await changes.readAfter(position)
    position = events.at(-1)?.id ?? position
    if (events.length > 0) {
      yield events
    } else {
      await bell.rung(heartbeat)
      if (!signal.aborted && !bell.isRung()) yield [{}]
    }
  }
}

const toEvent = (data: Presence): ServerEvent => ({ name: 'editing', data })

/** A bell that stays rung until it is silenced, so that no ring is missed. */
function createBell(signal: AbortSignal) {
  let isRung = false
  let wake = () => {}
  signal.addEventListener('abort', () => wake())
  return {
    ring() {
      isRung = true
      wake()
    },
    silence() {
      isRung = false
    },
    isRung: () => isRung,
    /** Resolves when the bell is rung, the signal aborts or so many milliseconds have passed. */
    rung: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        if (isRung || signal.aborted) return resolve()
        // By hand: a signal for each wait takes a seventh of an idle stream's memory.
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}
