import type { Json } from '../chart.ts'

/** An actor as the chart page knows it: plain JSON, since it may live in another tab. */
export interface LiveActor {
  /** XState's session id, which no two actors of a tab share. */
  id: string
  parentId: string | null
  /** What people call it. */
  name: string
  /** The machine it runs; null for a promise, a callback and the like. */
  machineId: string | null
  status: LiveStatus
  active: string[]
  tags: string[]
}

export type LiveStatus = 'active' | 'done' | 'error' | 'stopped'

/** One event that an actor took in, and what came of it. */
export interface LiveStep {
  /** Counts up with each event of a tab, in the order in which they were sent; no number is used twice. */
  number: number
  /** When the event was sent, in milliseconds since that tab was opened. */
  at: number
  actorId: string
  senderId: string | null
  event: string
  /** What the event carried, as JSON; shortened where it is long. */
  payload: Json
  active: string[]
  /** The ids of the transitions that were taken, in order. */
  taken: string[]
  /** The ids of the states that those name as their targets, in order. */
  targets: string[]
  status: LiveStatus
  /** What broke, if the actor did. */
  error: string | null
}

/** News of a tab's actors. The first of a watch tells of all that there are. */
export interface LiveNews {
  isFirst: boolean
  actors: LiveActor[]
  steps: LiveStep[]
}

/** Something whose actors can be watched. */
export interface LiveSource {
  watch: (onNews: (news: LiveNews) => void) => () => void
}
