import type { AnyActorRef, InspectionEvent } from 'xstate'
import { activeStatesOf } from '../active-states.ts'
import type { LiveActor, LiveSource } from './live.ts'
import { createStepRecorder } from './step-recorder.ts'

interface ActorSourceOptions {
  root: AnyActorRef
  /** What people call an actor. */
  nameOf: (actor: AnyActorRef) => string
  /** Tells when to hand on what has come together; soon, once the page has nothing better to do, by default. */
  schedule?: (deliver: () => void) => void
  now?: () => number
}

/**
 * The actors of this tab. It listens to the root's system only while somebody watches, so that it costs nothing else;
 * while watched, what happens is only noted, and turned into news when the page is idle.
 */
export function createActorSource({
  root,
  nameOf,
  schedule = whenIdle,
  now = () => performance.now(),
}: ActorSourceOptions): LiveSource {
  let events = 0
  const nextNumber = () => {
    events += 1
    return events
  }
  return {
    watch: (onNews) => {
      const recorder = createStepRecorder(nextNumber, now)
      const known = new Map<string, LiveActor>()
      let isFirst = true
      let stands: 'quiet' | 'gathering' | 'over' = 'quiet'

      const deliver = () => {
        if (stands === 'over') return
        stands = 'quiet'
        const news = { isFirst, actors: changedActors(root, known, nameOf), steps: recorder.take() }
        if (isFirst || news.actors.length > 0 || news.steps.length > 0) onNews(news)
        isFirst = false
      }
      const subscription = root.system.inspect((event: InspectionEvent) => {
        recorder.note(event)
        if (stands !== 'quiet') return
        stands = 'gathering'
        schedule(deliver)
      })
      deliver()
      return () => {
        stands = 'over'
        subscription.unsubscribe()
      }
    },
  }
}

/** In ms: so long news comes together, since each delivery looks at every actor, and so long a busy page may put it off. */
const gathering = 50
const mostDelay = 250

function whenIdle(deliver: () => void) {
  const soon = () => {
    // Safari has no word for idle.
    if (!('requestIdleCallback' in globalThis)) return deliver()
    requestIdleCallback(deliver, { timeout: mostDelay })
  }
  setTimeout(soon, gathering)
}

/** The actors that are new, have changed or are gone since the last time. */
function changedActors(
  root: AnyActorRef,
  known: Map<string, LiveActor>,
  nameOf: (actor: AnyActorRef) => string,
): LiveActor[] {
  const changed: LiveActor[] = []
  const seen = new Set<string>()
  const keep = (actor: LiveActor) => {
    seen.add(actor.id)
    const before = known.get(actor.id)
    if (before && isSame(before, actor)) return
    known.set(actor.id, actor)
    changed.push(actor)
  }
  const visit = (actor: AnyActorRef, parentId: string | null) => {
    const snapshot = actor.getSnapshot()
    keep({
      ...{ id: actor.sessionId, parentId, name: nameOf(actor), machineId: machineIdOf(snapshot) },
      ...{ status: snapshot.status, active: activeStatesOf(snapshot) },
      tags: snapshot.tags ? [...snapshot.tags] : [],
    })
    for (const child of Object.values(snapshot.children ?? {})) {
      if (child) visit(child as AnyActorRef, actor.sessionId)
    }
  }
  visit(root, null)
  for (const [id, actor] of known) {
    if (!seen.has(id) && actor.status === 'active') keep({ ...actor, status: 'stopped' })
  }
  return changed
}

function isSame(a: LiveActor, b: LiveActor): boolean {
  return a.status === b.status && a.name === b.name && a.active.join() === b.active.join()
}

function machineIdOf(snapshot: { machine?: { id: string } }): string | null {
  return snapshot.machine?.id ?? null
}
