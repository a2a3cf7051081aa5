import { holdLock } from '../hold-lock.ts'
import { openChannel } from '../open-channel.ts'
import { followStream } from './follow-stream.ts'
import type { LiveEvent } from './read-events.ts'

/**
 * Messages between tabs. `after` is the number of the change that the events follow; a tab that is
 * behind it asks for what it has missed.
 */
type TabMessage =
  | { kind: 'events'; after: number | undefined; events: LiveEvent[] }
  | { kind: 'behind'; position: number }

type Options = {
  /** The number of the change up to which the tab has read everything; `undefined` if nothing. */
  readFirst: () => number | undefined
  onEvents: (events: LiveEvent[]) => void
  signal: AbortSignal
}

/**
 * Follows the server's changes over one connection for all tabs, as a browser opens only a few per
 * server. The tab that holds a lock reads the stream and broadcasts it. When that tab closes,
 * another takes over, and resumes after the last change that it has received itself.
 */
export function followInOneTab({ readFirst, onEvents, signal }: Options): void {
  const channel = openChannel('lectern.changes')
  signal.addEventListener('abort', () => channel.close())
  let latest: number | undefined
  let restart = () => {}

  const readPosition = () => latest ?? readFirst()

  function receive(events: LiveEvent[]) {
    latest = events.findLast(({ sequence }) => sequence !== undefined)?.sequence ?? latest
    onEvents(events)
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === 'behind') return rewindTo(data.position)
    const position = readPosition()
    const isBehind = position !== undefined && data.after !== undefined && position < data.after
    const isReset = data.events[0]?.name === 'reset'
    if (isBehind && !isReset) return post({ kind: 'behind', position })
    receive(data.events)
  }

  const post = (message: TabMessage) => channel.postMessage(message)

  /** Restarts the stream from an earlier position, for a tab that has missed events. */
  function rewindTo(earlier: number) {
    const position = readPosition()
    if (position === undefined || earlier >= position) return
    latest = earlier
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
  // A tab that receives nothing from the others reads a stream of its own.
  if (channel.isInert) void lead()
  else holdLock('lectern changes', { signal }, lead).catch(() => {})
}
