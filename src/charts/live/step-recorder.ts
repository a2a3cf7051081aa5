import type { AnyActorRef, AnyTransitionDefinition, InspectionEvent } from 'xstate'
import { activeStatesOf } from '../active-states.ts'
import type { Json } from '../chart.ts'
import { takenTransitionId } from '../chart-model.ts'
import { jsonOf } from '../chart-parts.ts'
import type { LiveStatus, LiveStep } from './live.ts'

interface SentEvent {
  number: number
  at: number
  actor: AnyActorRef
  event: { type: string }
  senderId: string | null
  taken: AnyTransitionDefinition[]
}

interface NotedStep extends SentEvent {
  snapshot: AnySnapshot
}

type AnySnapshot = { status: string; error?: unknown }

/** Between two deliveries, older steps make room for newer ones. */
const mostSteps = 2_000

/**
 * Makes steps of what a system's inspection tells. XState tells of an event when it is sent: until the actor's snapshot
 * of that same event comes, others may be sent to it, and those wait behind.
 */
export function createStepRecorder(nextNumber: () => number, now: () => number) {
  const sent = new Map<string, SentEvent[]>()
  let steps: NotedStep[] = []

  const sentTo = (
    actor: AnyActorRef,
    event: { type: string },
    sender?: AnyActorRef,
  ): SentEvent => ({
    number: nextNumber(),
    at: now(),
    actor,
    event,
    senderId: sender?.sessionId ?? null,
    taken: [],
  })
  const enqueue = (one: SentEvent) => {
    const waiting = sent.get(one.actor.sessionId)
    if (waiting) waiting.push(one)
    else sent.set(one.actor.sessionId, [one])
  }
  const keep = (one: SentEvent, snapshot: AnySnapshot) => {
    if (steps.length >= mostSteps) steps = steps.slice(mostSteps / 2)
    steps.push({ ...one, snapshot })
  }
  const settle = (actor: AnyActorRef, event: { type: string }, snapshot: AnySnapshot) => {
    const waiting = sent.get(actor.sessionId) ?? []
    const index = waiting.findIndex((one) => one.event === event)
    const [cause] = index === -1 ? [] : waiting.splice(index, 1)
    // Nobody is told to have sent a stop; only a parent does.
    keep(cause ?? sentTo(actor, event, actor._parent), snapshot)
    if (snapshot.status !== 'active') sent.delete(actor.sessionId)
  }
  const note = (inspected: InspectionEvent) => {
    // What XState hands on as like an actor is one.
    const actor = inspected.actorRef as AnyActorRef
    if (inspected.type === '@xstate.event') {
      if (!willTakeIn(actor, inspected.event)) return
      enqueue(sentTo(actor, inspected.event, inspected.sourceRef as AnyActorRef | undefined))
    } else if (inspected.type === '@xstate.microstep') {
      sent.get(actor.sessionId)?.[0]?.taken.push(...inspected._transitions)
    } else if (inspected.type === '@xstate.snapshot') {
      settle(actor, inspected.event, inspected.snapshot)
    }
  }
  /** The steps since the last time, in the order in which their events were sent. */
  const take = (): LiveStep[] => {
    // An actor that breaks tells of no new snapshot.
    for (const [breaking] of sent.values()) {
      const snapshot: AnySnapshot | undefined = breaking?.actor.getSnapshot()
      if (breaking && snapshot?.status === 'error') keep(breaking, snapshot)
    }
    sent.clear()
    const noted = steps
    steps = []
    return noted.sort((a, b) => a.number - b.number).map(stepOf)
  }
  return { note, take }
}

function willTakeIn(actor: AnyActorRef, { type }: { type: string }): boolean {
  return type === 'xstate.init' || actor.getSnapshot()?.status === 'active'
}

const stepOf = ({ number, at, actor, event, senderId, taken, snapshot }: NotedStep): LiveStep => ({
  ...{ number, at, actorId: actor.sessionId, senderId },
  ...{ event: event.type, payload: payloadOf(event) },
  taken: taken.map(takenTransitionId),
  targets: taken.flatMap(({ target }) => target ?? []).map(({ id }) => id),
  ...{ active: activeStatesOf(snapshot), ...endOf(snapshot) },
})

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
