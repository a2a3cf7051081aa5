import { groupBy } from '#shared/groups.ts'
import { searchKey } from '#shared/search-key.ts'
import type { LiveActor } from './live.ts'
import type { LiveHistory } from './live-history.ts'

/** An actor and its children. */
export interface ActorBranch {
  actor: LiveActor
  children: ActorBranch[]
}

/**
 * Builds the tree of actors whose name, status, tags or states match a search, and their ancestors.
 */
export function buildActorTree(actors: LiveHistory['actors'], search: string): ActorBranch[] {
  const query = searchKey(search.trim())
  const children = groupBy([...actors.values()].filter(isListed), ({ parentId }) => parentId)
  const build = (parentId: string | null): ActorBranch[] =>
    (children.get(parentId) ?? []).flatMap((actor) => {
      const branch = { actor, children: build(actor.id) }
      return branch.children.length > 0 || matchesQuery(actor, query) ? [branch] : []
    })
  return build(null)
}

// Hides completed requests, whose outcomes the event log shows.
function isListed({ machineId, status }: LiveActor): boolean {
  return machineId !== null || status === 'active' || status === 'error'
}

function matchesQuery({ name, tags, active, status }: LiveActor, query: string): boolean {
  return [name, status, ...tags, ...active].some((text) => searchKey(text).includes(query))
}
