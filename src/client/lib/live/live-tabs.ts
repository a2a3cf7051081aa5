import { followStream } from './follow-stream.ts'
import type { LiveEvent } from './read-events.ts'

/**
 * What tabs tell each other. `after` is the number that the events follow; a tab that has not come
 * that far asks for what it lacks.
 */
type TabMessage =
  | { kind: 'events'; after: number | undefined; events: LiveEvent[] }
  | { kind: 'behind'; position: number }

type Options = {
  /** The number of the change that the tab has read everything up to; `undefined` if nothing. */
  readFirst: () => number | undefined
  onEvents: (events: LiveEvent[]) => void
  signal: AbortSignal
}

/**
 * Follows the server's changes by one connection for all tabs of the browser: it opens only a few
 * to a server. The tab that holds a lock reads the stream and passes it on; when it is closed,
 * another goes on from the last number that it has heard itself.
 */
export function followInOneTab({ readFirst, onEvents, signal }: Options): void {
  const channel = new BroadcastChannel('lectern.changes')
  signal.addEventListener('abort', () => channel.close())
  let latest: number | undefined
  let restart = () => {}

  const readPosition = () => latest ?? readFirst()

  function receive(events: LiveEvent[]) {
    latest = events.findLast(({ sequence }) => sequence !== undefined)?.sequence ?? latest
    onEvents(events)
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === 'behind') return goBackTo(data.position)
    const position = readPosition()
    const isBehind = position !== undefined && data.after !== undefined && position < data.after
    const isReset = data.events[0]?.name === 'reset'
    if (isBehind && !isReset) return post({ kind: 'behind', position })
    receive(data.events)
  }

  const post = (message: TabMessage) => channel.postMessage(message)

  /** Reads the stream once more from there, for a tab that has missed what came since. */
  function goBackTo(place: number) {
    const position = readPosition()
    if (position === undefined || place >= position) return
    latest = place
    restart()
  }

  async function lead() {
    while (!signal.aborted) {
      const connection = new AbortController()
      restart = () => connection.abort()
      signal.addEventListener('abort', restart, { signal: connection.signal })
      await followStream({
        readPosition,
        onEvents(events) {
          if (connection.signal.aborted) return
          post({ kind: 'events', after: readPosition(), events })
          receive(events)
        },
        signal: connection.signal,
      })
    }
  }

  const position = readPosition()
  if (position !== undefined) post({ kind: 'behind', position })
  // A browser without locks is taken for one with a single tab.
  if (!navigator.locks) void lead()
  else navigator.locks.request('lectern changes', { signal }, lead).catch(() => {})
}
