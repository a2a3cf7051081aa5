import { groupBy } from '../../../../shared/groups.ts'
import type { LiveActor, LiveNews, LiveStep } from './live.ts'

/** What has been seen of a tab's actors, the newest part of it. */
export interface LiveHistory {
  actors: ReadonlyMap<string, LiveActor>
  steps: readonly LiveStep[]
}

export const noHistory: LiveHistory = { actors: new Map(), steps: [] }

/** How many steps are kept, and how many actors that have ended. */
const mostSteps = 2_000
const mostEnded = 500

/** The history after some news. */
export function withNews(history: LiveHistory, { actors, steps }: LiveNews): LiveHistory {
  return {
    actors: actors.length === 0 ? history.actors : withActors(history.actors, actors),
    steps: steps.length === 0 ? history.steps : [...history.steps, ...steps].slice(-mostSteps),
  }
}

function withActors(known: ReadonlyMap<string, LiveActor>, changed: LiveActor[]) {
  const actors = new Map(known)
  for (const actor of changed) actors.set(actor.id, actor)
  const ended = [...actors.values()].filter(({ status }) => status !== 'active')
  for (const { id } of ended.slice(0, Math.max(0, ended.length - mostEnded))) actors.delete(id)
  return actors
}

/** What the chart shows of one actor. */
export interface LiveView {
  active: readonly string[]
  taken: readonly string[]
  status: LiveActor['status'] | 'unknown'
  error: string | null
}

/** Where an actor stood after a step of the history; with no step given, where it stands now. */
export function viewOf(
  { actors, steps }: LiveHistory,
  actorId: string,
  upTo: number | null,
): LiveView {
  const actor = actors.get(actorId)
  const own = steps.filter((step) => step.actorId === actorId)
  const last = own.findLast(({ number }) => upTo === null || number <= upTo)
  if (upTo !== null && last) return last
  return {
    active: actor?.active ?? [],
    taken: last?.taken ?? [],
    status: actor?.status ?? 'unknown',
    error: last?.error ?? null,
  }
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
