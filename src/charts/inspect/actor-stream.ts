import type { AnyActorRef, InspectionEvent } from 'xstate'
import type { MayTell } from './told.ts'
import { toldEvent } from './told-event.ts'

interface ActorStreamOptions {
  root: AnyActorRef
  mayTell: MayTell
  receive: (event: InspectionEvent) => void
  /** Calls back a little later. */
  schedule?: (callback: () => void) => void
}

/** So many events are handed on at once. Stately's inspector keeps 200 for whoever connects, and drops the older. */
export const mostAtOnce = 50

const frame = 16

/**
 * Tells of a root's actors, those that run already and all that come, and of what happens to them.
 * Nothing is handed on until `begin`, and nothing is lost until then; begun again, for a receiver that
 * knows nothing (any more), it tells of all actors anew.
 */
export function createActorStream({
  root,
  mayTell,
  receive,
  schedule = (callback) => setTimeout(callback, frame),
}: ActorStreamOptions) {
  let waiting: InspectionEvent[] = presentActors(root)
  let hasBegun = false
  let isScheduled = false

  const subscription = root.system.inspect((event: InspectionEvent) => {
    waiting.push(event)
    handOnSoon()
  })

  function handOnSoon() {
    if (!hasBegun || isScheduled || waiting.length === 0) return
    isScheduled = true
    schedule(handOn)
  }

  function handOn() {
    isScheduled = false
    const events = waiting.slice(0, mostAtOnce)
    waiting = waiting.slice(mostAtOnce)
    for (const event of events) {
      const shown = toldEvent(event, mayTell)
      if (shown) receive(shown)
    }
    handOnSoon()
  }

  return {
    begin() {
      if (hasBegun) waiting = presentActors(root)
      hasBegun = true
      handOnSoon()
    },
    stop() {
      subscription.unsubscribe()
      waiting = []
    },
  }
}

/** An actor and all below it, parents first, as XState tells of new ones. */
function presentActors(root: AnyActorRef): InspectionEvent[] {
  const visit = (actorRef: AnyActorRef): InspectionEvent[] => [
    { type: '@xstate.actor', rootId: root.sessionId, actorRef },
    ...Object.values<AnyActorRef>(actorRef.getSnapshot()?.children ?? {}).flatMap(visit),
  ]
  return visit(root)
}
