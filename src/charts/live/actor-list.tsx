import { toStateKey } from '../labels.ts'
import type { ActorBranch } from './actor-tree.ts'
import type { LiveActor } from './live.ts'

type ActorListProps = {
  branches: ActorBranch[]
  actorId: string | null
  onActor: (actor: LiveActor) => void
}

/** A tree of actors to choose from; only machines can be chosen. */
export const ActorList = ({ branches, ...props }: ActorListProps) => (
  <ul aria-label="Actors" className="max-h-56 overflow-y-auto text-sm">
    {branches.map((branch) => (
      <ActorItem key={branch.actor.id} branch={branch} {...props} />
    ))}
  </ul>
)

type ActorItemProps = Omit<ActorListProps, 'branches'> & { branch: ActorBranch }

const ActorItem = ({ branch: { actor, children }, actorId, onActor }: ActorItemProps) => (
  <li>
    <button
      type="button"
      aria-pressed={actor.id === actorId}
      disabled={actor.machineId === null}
      onClick={() => onActor(actor)}
      className="flex min-h-7 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover disabled:text-ink-soft disabled:hover:bg-transparent aria-pressed:bg-accent-soft max-sm:min-h-10"
    >
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {actor.name}
      </span>
      <span className={`shrink-0 text-xs ${statusColors[actor.status]}`}>
        {formatStatus(actor)}
      </span>
    </button>
    {children.length > 0 && (
      <ul className="ml-3 border-l border-line pl-1">
        {children.map((child) => (
          <ActorItem key={child.actor.id} branch={child} actorId={actorId} onActor={onActor} />
        ))}
      </ul>
    )}
  </li>
)

const statusColors: Record<LiveActor['status'], string> = {
  active: 'text-ink-soft',
  done: 'text-success',
  error: 'text-danger',
  stopped: 'text-warning',
}

function formatStatus({ status, tags, active }: LiveActor): string {
  if (status === 'error') return 'failed'
  if (status !== 'active') return status
  return tags.length > 0 ? tags.join(', ') : toStateKey(active.at(-1) ?? '')
}
