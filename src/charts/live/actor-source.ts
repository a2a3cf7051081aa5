import type { AnyActorRef, InspectionEvent } from 'xstate'
import { readActiveStates } from '../xstate-internals.ts'
import type { LiveActor, LiveSource } from './live.ts'
import { createStepRecorder } from './step-recorder.ts'

interface ActorSourceOptions {
  root: AnyActorRef
  getName: (actor: AnyActorRef) => string
  /** Schedules the delivery of an update; by default once the page is idle. */
  schedule?: (deliver: () => void) => void
  now?: () => number
}

/**
 * Creates a source of this tab's actors. It inspects the root's system only while it is watched.
 * Even then it just records events, and turns them into updates when the page is idle.
 */
export function createActorSource({
  root,
  getName,
  schedule = whenIdle,
  now = () => performance.now(),
}: ActorSourceOptions): LiveSource {
  let events = 0
  const nextNumber = () => {
    events += 1
    return events
  }
  return {
    watch: (onUpdate) => {
      const recorder = createStepRecorder(nextNumber, now)
      const known = new Map<string, LiveActor>()
      let isFirst = true
      let status: 'idle' | 'scheduled' | 'stopped' = 'idle'

      const deliver = () => {
        if (status === 'stopped') return
        status = 'idle'
        const actors = listChanged(listActors(root, getName), known)
        const steps = recorder.takeSteps()
        if (isFirst || actors.length > 0 || steps.length > 0) onUpdate({ isFirst, actors, steps })
        isFirst = false
      }
      const subscription = root.system.inspect((event: InspectionEvent) => {
        recorder.record(event)
        if (status !== 'idle') return
        status = 'scheduled'
        schedule(deliver)
      })
      deliver()
      return () => {
        status = 'stopped'
        subscription.unsubscribe()
      }
    },
  }
}

/** How long events are collected, in ms, because each delivery visits every actor. */
const deliveryDelay = 50
/** The longest that a busy page may delay a delivery, in ms. */
const maxIdleDelay = 250

function whenIdle(deliver: () => void) {
  setTimeout(() => {
    // Safari lacks requestIdleCallback.
    if (!('requestIdleCallback' in globalThis)) return deliver()
    requestIdleCallback(deliver, { timeout: maxIdleDelay })
  }, deliveryDelay)
}

/** Lists an actor and its descendants, parents first. */
function listActors(
  root: AnyActorRef,
  getName: (actor: AnyActorRef) => string,
  parentId: string | null = null,
): LiveActor[] {
  const { machine, status, tags, children } = root.getSnapshot()
  return [
    {
      id: root.sessionId,
      parentId,
      name: getName(root),
      machineId: machine?.id ?? null,
      status,
      active: readActiveStates(root.getSnapshot()),
      tags: tags ? [...tags] : [],
    },
    ...Object.values<AnyActorRef | undefined>(children ?? {}).flatMap((child) =>
      child ? listActors(child, getName, root.sessionId) : [],
    ),
  ]
}

/** Lists the actors that are new, changed or gone, and updates the known ones. */
function listChanged(actors: LiveActor[], known: Map<string, LiveActor>): LiveActor[] {
  const present = new Set(actors.map(({ id }) => id))
  const stopped = [...known.values()]
    .filter(({ id, status }) => status === 'active' && !present.has(id))
    .map((actor): LiveActor => ({ ...actor, status: 'stopped' }))
  const changed = [...actors, ...stopped].filter((actor) => !isSame(known.get(actor.id), actor))
  for (const actor of changed) known.set(actor.id, actor)
  return changed
}

function isSame(before: LiveActor | undefined, now: LiveActor): boolean {
  return (
    before?.status === now.status &&
    before.name === now.name &&
    before.active.join() === now.active.join()
  )
}
