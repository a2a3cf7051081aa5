import { groupBy } from '#shared/groups.ts'
import type { LiveActor, LiveNews, LiveStep } from './live.ts'

/** What has been seen of a tab's actors, the newest part of it. */
export interface LiveHistory {
  actors: ReadonlyMap<string, LiveActor>
  steps: readonly LiveStep[]
  /** Where an actor stood before the first of its steps that is kept. */
  before: ReadonlyMap<string, LiveView>
}

/** What the chart shows of one actor. */
export interface LiveView {
  active: readonly string[]
  taken: readonly string[]
  status: LiveActor['status'] | 'unknown'
  error: string | null
}

export const noHistory: LiveHistory = { actors: new Map(), steps: [], before: new Map() }

/** How many steps are kept, and how many actors that have ended. */
const mostSteps = 2_000
const mostEnded = 500

/** The history after some news; the first news of a watch begins a new one. */
export function withNews(history: LiveHistory, { isFirst, ...news }: LiveNews): LiveHistory {
  const known = isFirst ? noHistory : history
  const actors = news.actors.length === 0 ? known.actors : withActors(known.actors, news.actors)
  const steps = news.steps.length === 0 ? known.steps : [...known.steps, ...news.steps]
  return {
    actors,
    steps: steps.slice(-mostSteps),
    before: isFirst
      ? new Map(news.actors.map((actor) => [actor.id, standing(actor)]))
      : withForgotten(known.before, steps.slice(0, -mostSteps), actors),
  }
}

const standing = ({ active, status }: LiveActor): LiveView => ({
  ...{ active, status, taken: [], error: null },
})

function withForgotten(
  before: LiveHistory['before'],
  forgotten: readonly LiveStep[],
  actors: LiveHistory['actors'],
): LiveHistory['before'] {
  if (forgotten.length === 0) return before
  const after = new Map(before)
  for (const step of forgotten) after.set(step.actorId, step)
  for (const id of after.keys()) if (!actors.has(id)) after.delete(id)
  return after
}

function withActors(known: ReadonlyMap<string, LiveActor>, changed: LiveActor[]) {
  const actors = new Map(known)
  for (const actor of changed) actors.set(actor.id, actor)
  const ended = [...actors.values()].filter(({ status }) => status !== 'active')
  for (const { id } of ended.slice(0, Math.max(0, ended.length - mostEnded))) actors.delete(id)
  return actors
}

/** Where an actor stood after a step of the history; with no step given, where it stands now. */
export function viewOf(
  { actors, steps, before }: LiveHistory,
  actorId: string,
  upTo: number | null,
): LiveView {
  const actor = actors.get(actorId)
  const last = steps.findLast(
    (step) => step.actorId === actorId && (upTo === null || step.number <= upTo),
  )
  const then = last ?? before.get(actorId)
  if (upTo !== null && then) return then
  return {
    active: actor?.active ?? [],
    taken: last?.taken ?? [],
    status: actor?.status ?? 'unknown',
    error: last?.error ?? null,
  }
}

/** The step at which an actor stands now, for a pause: its last, or the last of all where it has none; 0 before any. */
export function presentOf({ steps }: LiveHistory, actorId: string): number {
  const own = steps.findLast((step) => step.actorId === actorId)
  return (own ?? steps.at(-1))?.number ?? 0
}

/** What an actor was sent and what it sent, as far as that followed from its steps up to one; with none given, all. */
export function messagesAround(
  history: LiveHistory,
  actorId: string,
  upTo: number | null,
): LiveStep[] {
  const next = upTo === null ? null : neighbourOf(history, actorId, upTo, 'forth')
  return history.steps
    .filter((step) => step.actorId === actorId || step.senderId === actorId)
    .filter(({ number }) => next === null || number < next)
}

/** The number of the actor's step before or after a point in its history; null where there is none. */
export function neighbourOf(
  { steps }: LiveHistory,
  actorId: string,
  from: number | null,
  way: 'back' | 'forth',
): number | null {
  const numbers = steps.filter((step) => step.actorId === actorId).map(({ number }) => number)
  const current = from ?? numbers.at(-1) ?? 0
  const found =
    way === 'back'
      ? numbers.findLast((number) => number < current)
      : numbers.find((number) => number > current)
  return found ?? null
}

/** An actor and those below it. */
export interface LiveBranch {
  actor: LiveActor
  children: LiveBranch[]
}

/** The actors as a tree, of those whose name or state a search finds, and of all above them. */
export function branchesOf(actors: LiveHistory['actors'], search: string): LiveBranch[] {
  const wanted = search.trim().toLowerCase()
  const children = groupBy([...actors.values()].filter(isWorthShowing), ({ parentId }) => parentId)
  const grow = (parentId: string | null): LiveBranch[] =>
    (children.get(parentId) ?? []).flatMap((actor) => {
      const branch = { actor, children: grow(actor.id) }
      return branch.children.length > 0 || isFound(actor, wanted) ? [branch] : []
    })
  return grow(null)
}

// A request that is over says nothing any more; its outcome stands in the log.
function isWorthShowing({ machineId, status }: LiveActor): boolean {
  return machineId !== null || status === 'active' || status === 'error'
}

function isFound({ name, tags, active, status }: LiveActor, wanted: string): boolean {
  return [name, status, ...tags, ...active].some((text) => text.toLowerCase().includes(wanted))
}
