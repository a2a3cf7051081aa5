import type { AnyActorRef, AnyTransitionDefinition, InspectionEvent } from 'xstate'
import { errorMessage } from '#shared/error-message.ts'
import { type Json, toJson } from '../json.ts'
import { readTransitionId } from '../read-chart.ts'
import { readActiveStates, readParent, readTakenTransitions } from '../xstate-internals.ts'
import type { LiveStatus, LiveStep } from './live.ts'

interface SentEvent {
  number: number
  at: number
  actor: AnyActorRef
  event: { type: string }
  senderId: string | null
  taken: AnyTransitionDefinition[]
}

interface RecordedStep extends SentEvent {
  snapshot: AnySnapshot
}

type AnySnapshot = { status: string; error?: unknown }

/** How many steps are kept between two deliveries; older ones are dropped. */
const maxSteps = 2_000

/**
 * Turns a system's inspection events into steps. XState reports an event when it is sent. The
 * actor's snapshot for that event comes later, and more events may queue up in between.
 */
export function createStepRecorder(nextNumber: () => number, now: () => number) {
  const queues = new Map<string, SentEvent[]>()
  let steps: RecordedStep[] = []

  const createSent = (
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
  const enqueue = (sent: SentEvent) => {
    const queue = queues.get(sent.actor.sessionId)
    if (queue) queue.push(sent)
    else queues.set(sent.actor.sessionId, [sent])
  }
  const addStep = (sent: SentEvent, snapshot: AnySnapshot) => {
    if (steps.length >= maxSteps) steps = steps.slice(maxSteps / 2)
    steps.push({ ...sent, snapshot })
  }
  const settle = (actor: AnyActorRef, event: { type: string }, snapshot: AnySnapshot) => {
    const queue = queues.get(actor.sessionId) ?? []
    const index = queue.findIndex((sent) => sent.event === event)
    const [sent] = index === -1 ? [] : queue.splice(index, 1)
    // Inspection reports no sender for a stop, which the parent sends.
    addStep(sent ?? createSent(actor, event, readParent(actor)), snapshot)
    if (snapshot.status !== 'active') queues.delete(actor.sessionId)
  }
  const record = (inspected: InspectionEvent) => {
    // XState declares a wider type than the actor references that it passes.
    const actor = inspected.actorRef as AnyActorRef
    if (inspected.type === '@xstate.event') {
      if (!acceptsEvent(actor, inspected.event)) return
      enqueue(createSent(actor, inspected.event, inspected.sourceRef as AnyActorRef | undefined))
    } else if (inspected.type === '@xstate.snapshot') {
      settle(actor, inspected.event, inspected.snapshot)
    } else {
      queues.get(actor.sessionId)?.[0]?.taken.push(...readTakenTransitions(inspected))
    }
  }
  /** Returns the steps since the last call, in the order in which their events were sent. */
  const takeSteps = (): LiveStep[] => {
    // A failing actor reports no new snapshot.
    for (const [sent] of queues.values()) {
      const snapshot: AnySnapshot | undefined = sent?.actor.getSnapshot()
      if (sent && snapshot?.status === 'error') addStep(sent, snapshot)
    }
    queues.clear()
    const recorded = steps
    steps = []
    return recorded.sort((a, b) => a.number - b.number).map(toLiveStep)
  }
  return { record, takeSteps }
}

function acceptsEvent(actor: AnyActorRef, { type }: { type: string }): boolean {
  return type === 'xstate.init' || actor.getSnapshot()?.status === 'active'
}

const toLiveStep = (step: RecordedStep): LiveStep => {
  const { number, at, actor, event, senderId, taken, snapshot } = step
  return {
    number,
    at,
    actorId: actor.sessionId,
    senderId,
    event: event.type,
    payload: toPayload(event),
    active: readActiveStates(snapshot),
    taken: taken.map(readTransitionId),
    targets: taken.flatMap(({ target }) => target ?? []).map(({ id }) => id),
    // Every actor has one of these four statuses.
    status: snapshot.status as LiveStatus,
    error: snapshot.status === 'error' ? errorMessage(snapshot.error) : null,
  }
}

const maxPayloadLength = 2_000

function toPayload({ type: _type, ...payload }: { type: string }): Json {
  const json = toJson(payload)
  const text = JSON.stringify(json)
  return text.length > maxPayloadLength ? `${text.slice(0, maxPayloadLength)}…` : json
}
