import { putEditing, streamEvents } from '#contract/events.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { createEventStreams } from './event-stream.ts'
import { eventsRepository } from './events.repository.ts'
import { followChanges } from './follow-changes.ts'
import { createPresenceBoard } from './presence.ts'
import { shareReads } from './share-reads.ts'

type Needs = Pick<
  Dependencies,
  'database' | 'notifier' | 'broadcast' | 'clock' | 'stopping' | 'log'
>

export function eventsRoutes({ database, notifier, broadcast, clock, stopping, log }: Needs) {
  const changes = shareReads(eventsRepository(database), defaultWorkspace)
  const presence = createPresenceBoard(broadcast, clock)
  const respondWithStream = createEventStreams(stopping)

  return createRouter()
    .openapi(streamEvents, async (c) => {
      const { after } = c.req.valid('query')
      const { 'last-event-id': lastReceived = after } = c.req.valid('header')
      // The route's type takes the event stream for JSON, which no response satisfies.
      return respondWithStream(c.req.raw.signal, (signal) =>
        followChanges({ changes, after: lastReceived, notifier, presence, log, signal }),
      ) as never
    })
    .openapi(putEditing, async (c) => {
      const { pageId } = c.req.valid('param')
      const { ids } = c.req.valid('json')
      await presence.tell({ page: pageId, ids })
      return c.body(null, 204)
    })
}
