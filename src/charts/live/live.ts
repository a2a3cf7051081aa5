import type { Json } from '../json.ts'

/** An actor as the chart page sees it: plain JSON, because it may run in another tab. */
export interface LiveActor {
  /** XState's session id, unique among the actors of a tab. */
  id: string
  parentId: string | null
  name: string
  /** The id of the machine that it runs; null for a promise, a callback and the like. */
  machineId: string | null
  status: LiveStatus
  active: string[]
  tags: string[]
}

export type LiveStatus = 'active' | 'done' | 'error' | 'stopped'

/** An event that an actor received, and its effect. */
export interface LiveStep {
  /** Numbers a tab's events in the order in which they were sent. */
  number: number
  /** When the event was sent, in milliseconds since the tab was opened. */
  at: number
  actorId: string
  senderId: string | null
  event: string
  /** The event's payload; truncated to a string if it is long. */
  payload: Json
  active: string[]
  /** The ids of the transitions taken, in order. */
  taken: string[]
  /** The ids of the states that those transitions target, in order. */
  targets: string[]
  status: LiveStatus
  /** The error's message, if the actor failed. */
  error: string | null
}

/** What changed among a tab's actors. The first update of a watch contains all of them. */
export interface LiveUpdate {
  isFirst: boolean
  actors: LiveActor[]
  steps: LiveStep[]
}

export interface LiveSource {
  /** Watches all actors; returns a function to stop. */
  watch: (onUpdate: (update: LiveUpdate) => void) => () => void
}
