import type { LiveActor, LiveStep, LiveUpdate } from './live.ts'

/** The recorded history of a tab's actors, up to a limit. */
export interface LiveHistory {
  actors: ReadonlyMap<string, LiveActor>
  steps: readonly LiveStep[]
  /** The view of each actor before its first kept step, by actor id. */
  initialViews: ReadonlyMap<string, ActorView>
}

/** What the chart shows for one actor. */
export interface ActorView {
  active: readonly string[]
  taken: readonly string[]
  status: LiveActor['status'] | 'unknown'
  error: string | null
}

export const emptyHistory: LiveHistory = {
  actors: new Map(),
  steps: [],
  initialViews: new Map(),
}

const maxSteps = 2_000
const maxEndedActors = 500

/** Adds an update to a history; the first update of a watch starts a new one. */
export function applyUpdate(
  history: LiveHistory,
  { isFirst, actors, steps }: LiveUpdate,
): LiveHistory {
  const before = isFirst ? emptyHistory : history
  const nextActors = actors.length === 0 ? before.actors : mergeActors(before.actors, actors)
  const nextSteps = steps.length === 0 ? before.steps : [...before.steps, ...steps]
  return {
    actors: nextActors,
    steps: nextSteps.slice(-maxSteps),
    initialViews: isFirst
      ? new Map(actors.map((actor) => [actor.id, toView(actor)]))
      : dropSteps(before.initialViews, nextSteps.slice(0, -maxSteps), nextActors),
  }
}

const toView = ({ active, status }: LiveActor): ActorView => ({
  active,
  status,
  taken: [],
  error: null,
})

/** Advances the initial views past the dropped steps. */
function dropSteps(
  initialViews: LiveHistory['initialViews'],
  dropped: readonly LiveStep[],
  actors: LiveHistory['actors'],
): LiveHistory['initialViews'] {
  if (dropped.length === 0) return initialViews
  const views = new Map(initialViews)
  for (const step of dropped) views.set(step.actorId, step)
  for (const id of views.keys()) if (!actors.has(id)) views.delete(id)
  return views
}

function mergeActors(known: ReadonlyMap<string, LiveActor>, changed: LiveActor[]) {
  const actors = new Map(known)
  for (const actor of changed) actors.set(actor.id, actor)
  const ended = [...actors.values()].filter(({ status }) => status !== 'active')
  for (const { id } of ended.slice(0, Math.max(0, ended.length - maxEndedActors))) {
    actors.delete(id)
  }
  return actors
}

/** Views an actor after the step with this number, or in the present if the number is null. */
export function viewActor(
  { actors, steps, initialViews }: LiveHistory,
  actorId: string,
  position: number | null,
): ActorView {
  const actor = actors.get(actorId)
  const last = steps.findLast(
    (step) => step.actorId === actorId && (position === null || step.number <= position),
  )
  const past = last ?? initialViews.get(actorId)
  if (position !== null && past) return past
  return {
    active: actor?.active ?? [],
    taken: last?.taken ?? [],
    status: actor?.status ?? 'unknown',
    error: last?.error ?? null,
  }
}

/**
 * Finds the number of the step to pause at: the actor's last step, or the last step of all if it
 * has none; 0 before any step.
 */
export function findPauseStep({ steps }: LiveHistory, actorId: string): number {
  const own = steps.findLast((step) => step.actorId === actorId)
  return (own ?? steps.at(-1))?.number ?? 0
}

/**
 * Lists the steps whose events an actor received or sent, up to its next step after a position; all
 * for null.
 */
export function listMessages(
  history: LiveHistory,
  actorId: string,
  position: number | null,
): LiveStep[] {
  const next = position === null ? null : findNextStep(history, actorId, position)
  return history.steps
    .filter((step) => step.actorId === actorId || step.senderId === actorId)
    .filter(({ number }) => next === null || number < next)
}

/** Finds the number of an actor's step before a position; for null, before its last step. */
export function findPreviousStep(
  history: LiveHistory,
  actorId: string,
  position: number | null,
): number | null {
  const numbers = listNumbers(history, actorId)
  const current = position ?? numbers.at(-1) ?? 0
  return numbers.findLast((number) => number < current) ?? null
}

/** Finds the number of an actor's step after a position; null after the last one. */
export function findNextStep(
  history: LiveHistory,
  actorId: string,
  position: number,
): number | null {
  return listNumbers(history, actorId).find((number) => number > position) ?? null
}

const listNumbers = ({ steps }: LiveHistory, actorId: string) =>
  steps.filter((step) => step.actorId === actorId).map(({ number }) => number)
