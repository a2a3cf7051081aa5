import type { AnyActorRef, InspectionEvent } from 'xstate'
import { activeStatesOf } from '../active-states.ts'
import type { Json } from '../chart.ts'
import { takenTransitionId } from '../chart-model.ts'
import { jsonOf } from '../chart-parts.ts'
import type { LiveActor, LiveSource, LiveStatus, LiveStep } from './live.ts'

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
  return {
    watch: (onNews) => {
      const recorder = createRecorder(now)
      const known = new Map<string, LiveActor>()
      let isWaiting = false

      const deliver = () => {
        isWaiting = false
        const news = { actors: changedActors(root, known, nameOf), steps: recorder.take() }
        if (news.actors.length > 0 || news.steps.length > 0) onNews(news)
      }
      const subscription = root.system.inspect((event: InspectionEvent) => {
        recorder.note(event)
        if (isWaiting) return
        isWaiting = true
        schedule(deliver)
      })
      deliver()
      return () => {
        isWaiting = true
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

interface OpenEvent {
  actor: AnyActorRef
  event: { type: string }
  senderId: string | null
  taken: string[]
}

interface NotedStep extends OpenEvent {
  number: number
  at: number
  snapshot: AnySnapshot
}

function createRecorder(now: () => number) {
  const open = new Map<string, OpenEvent>()
  let steps: NotedStep[] = []
  let number = 0

  const close = (noted: OpenEvent, snapshot: AnySnapshot) => {
    open.delete(noted.actor.sessionId)
    number += 1
    if (steps.length >= mostSteps) steps = steps.slice(mostSteps / 2)
    steps.push({ ...noted, number, at: now(), snapshot })
  }
  const note = (inspected: InspectionEvent) => {
    // What XState hands on as like an actor is one.
    const actor = inspected.actorRef as AnyActorRef
    if (inspected.type === '@xstate.event') {
      const senderId = (inspected.sourceRef as AnyActorRef | undefined)?.sessionId ?? null
      open.set(actor.sessionId, { actor, event: inspected.event, senderId, taken: [] })
    } else if (inspected.type === '@xstate.microstep') {
      open.get(actor.sessionId)?.taken.push(...inspected._transitions.map(takenTransitionId))
    } else if (inspected.type === '@xstate.snapshot') {
      const { event, snapshot } = inspected
      close(open.get(actor.sessionId) ?? { actor, event, senderId: null, taken: [] }, snapshot)
    }
  }
  const take = () => {
    // An actor that breaks tells of no new snapshot.
    for (const one of open.values()) {
      const snapshot: AnySnapshot = one.actor.getSnapshot()
      if (snapshot.status === 'error') close(one, snapshot)
    }
    open.clear()
    const noted = steps
    steps = []
    return noted.map(stepOf)
  }
  return { note, take }
}

const stepOf = ({ number, at, actor, event, senderId, taken, snapshot }: NotedStep): LiveStep => ({
  ...{ number, at, actorId: actor.sessionId, senderId, taken },
  ...{ event: event.type, payload: payloadOf(event) },
  ...{ active: activeStatesOf(snapshot), ...endOf(snapshot) },
})

type AnySnapshot = { status: string; error?: unknown }

/** Between two deliveries, older steps make room for newer ones. */
const mostSteps = 2_000

const longestPayload = 2_000

function payloadOf({ type: _type, ...payload }: { type: string }): Json {
  const json = jsonOf(payload)
  const text = JSON.stringify(json)
  return text.length > longestPayload ? `${text.slice(0, longestPayload)}…` : json
}

function endOf({ status, error }: { status: string; error?: unknown }) {
  return {
    status: status as LiveStatus,
    error: status === 'error' ? String(error instanceof Error ? error.message : error) : null,
  }
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
