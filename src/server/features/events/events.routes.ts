import { streamEvents } from '#contract/events.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { createEventStreams } from './event-stream.ts'
import { eventsRepository } from './events.repository.ts'
import { followChanges } from './follow-changes.ts'
import { shareReads } from './share-reads.ts'

type Needs = Pick<Dependencies, 'database' | 'notifier' | 'stopping' | 'log'>

export function eventsRoutes({ database, notifier, stopping, log }: Needs) {
  const changes = shareReads(eventsRepository(database), defaultWorkspace)
  const answerByStream = createEventStreams(stopping)

  return createRouter().openapi(streamEvents, async (c) => {
    const { after } = c.req.valid('query')
    const { 'last-event-id': lastReceived = after } = c.req.valid('header')
    // The route's type takes a stream of events for JSON, for which no answer fits.
    return answerByStream(c.req.raw.signal, (signal) =>
      followChanges({ changes, after: lastReceived, notifier, log, signal }),
    ) as never
  })
}
