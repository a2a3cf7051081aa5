import type { AnyActorRef, InspectionEvent } from 'xstate'
import type { TextFilter } from './redact.ts'
import { redactEvent } from './redact-event.ts'

interface ActorStreamOptions {
  root: AnyActorRef
  allowText: TextFilter
  onEvent: (event: InspectionEvent) => void
  /** Schedules the next batch; by default in the next frame. */
  schedule?: (callback: () => void) => void
}

/**
 * The maximum number of events in a batch. Stately's inspector buffers 200 events for a late
 * connection, and drops older ones.
 */
export const maxBatch = 50

const frame = 16

/**
 * Streams redacted inspection events of a root's system, beginning with the actors that already
 * exist. Buffers all events until `start`. A second `start`, for a receiver that has lost its
 * state, begins with all actors again.
 */
export function createActorStream({
  root,
  allowText,
  onEvent,
  schedule = (callback) => setTimeout(callback, frame),
}: ActorStreamOptions) {
  let queue: InspectionEvent[] = createActorEvents(root)
  let hasStarted = false
  let isScheduled = false

  const subscription = root.system.inspect((event: InspectionEvent) => {
    queue.push(event)
    scheduleBatch()
  })

  function scheduleBatch() {
    if (!hasStarted || isScheduled || queue.length === 0) return
    isScheduled = true
    schedule(sendBatch)
  }

  function sendBatch() {
    isScheduled = false
    const batch = queue.slice(0, maxBatch)
    queue = queue.slice(maxBatch)
    for (const event of batch) {
      const redacted = redactEvent(event, allowText)
      if (redacted) onEvent(redacted)
    }
    scheduleBatch()
  }

  return {
    start() {
      if (hasStarted) queue = createActorEvents(root)
      hasStarted = true
      scheduleBatch()
    },
    stop() {
      subscription.unsubscribe()
      queue = []
    },
  }
}

/** Creates the events with which XState announces an actor and its descendants, parents first. */
function createActorEvents(root: AnyActorRef): InspectionEvent[] {
  const visit = (actorRef: AnyActorRef): InspectionEvent[] => [
    { type: '@xstate.actor', rootId: root.sessionId, actorRef },
    ...Object.values<AnyActorRef>(actorRef.getSnapshot()?.children ?? {}).flatMap(visit),
  ]
  return visit(root)
}
