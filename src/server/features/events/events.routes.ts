import { streamEvents } from '#contract/events.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { createRouter } from '../../http/router.ts'
import { defaultWorkspace } from '../../workspace.ts'
import { eventStream } from './event-stream.ts'
import { eventsRepository } from './events.repository.ts'
import { followChanges } from './follow-changes.ts'

type Needs = Pick<Dependencies, 'database' | 'notifier' | 'stopping' | 'log'>

export function eventsRoutes({ database, notifier, stopping, log }: Needs) {
  const repository = eventsRepository(database)

  return createRouter().openapi(streamEvents, async (c) => {
    const { after } = c.req.valid('query')
    const { 'last-event-id': lastReceived = after } = c.req.valid('header')
    const ends = [c.req.raw.signal, ...(stopping ? [stopping] : [])]
    // The route's type takes a stream of events for JSON, for which no answer fits.
    return eventStream(ends, (signal) =>
      followChanges({
        repository,
        workspaceId: defaultWorkspace,
        after: lastReceived,
        notifier,
        log,
        signal,
      }),
    ) as never
  })
}
