import { useState } from 'react'
import { Button, IconButton } from '#ui/button.tsx'
import { PlayIcon } from '#ui/icons.tsx'
import { SearchField } from '#ui/search-field.tsx'
import { Select } from '#ui/select.tsx'
import { shortName } from '../chart-parts.ts'
import { PauseIcon, StepBackIcon, StepForthIcon } from '../components/chart-icons.tsx'
import type { LiveActor } from './live.ts'
import {
  branchesOf,
  type LiveBranch,
  type LiveHistory,
  neighbourOf,
  presentOf,
  viewOf,
} from './live-history.ts'
import { SequenceView } from './sequence-view.tsx'
import { StepLog } from './step-log.tsx'

type LivePanelProps = {
  history: LiveHistory
  actorId: string | null
  /** The step that is looked at while paused; null while the present is shown. */
  position: number | null
  tabs: Record<string, string>
  tab: string
  onTab: (tab: string) => void
  onActor: (actor: LiveActor) => void
  onPosition: (position: number | null) => void
}

/** The actors that run, and what happened to them. */
export function LivePanel(props: LivePanelProps) {
  const { history, actorId, position, tabs, tab, onTab, onActor, onPosition } = props
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState<'log' | 'sequence'>('log')
  const branches = branchesOf(history.actors, search)
  return (
    <div className="flex flex-col gap-3 p-3">
      <div>
        <Select label="Tab to watch" value={tab} options={tabs} onChange={onTab} />
      </div>
      <SearchField label="Search actors" value={search} onChange={setSearch} />
      {branches.length === 0 ? (
        <p className="text-ink-soft">
          No actor {search === '' ? 'runs here yet. Open a course, or watch another tab.' : 'fits.'}
        </p>
      ) : (
        <ul aria-label="Actors" className="max-h-56 overflow-y-auto text-sm">
          {branches.map((branch) => (
            <Branch key={branch.actor.id} branch={branch} actorId={actorId} onActor={onActor} />
          ))}
        </ul>
      )}
      {actorId !== null && (
        <>
          <Steps history={history} actorId={actorId} position={position} onPosition={onPosition} />
          <div>
            <Select
              label="How to show what happened"
              value={shown}
              options={{ log: 'Event log', sequence: 'Who sent what to whom' }}
              onChange={setShown}
            />
          </div>
          {shown === 'log' ? (
            <StepLog
              history={history}
              actorId={actorId}
              position={position}
              onPosition={onPosition}
            />
          ) : (
            <SequenceView history={history} actorId={actorId} position={position} />
          )}
        </>
      )}
    </div>
  )
}

type BranchProps = {
  branch: LiveBranch
  actorId: string | null
  onActor: (actor: LiveActor) => void
}

const Branch = ({ branch: { actor, children }, actorId, onActor }: BranchProps) => (
  <li>
    <button
      type="button"
      aria-pressed={actor.id === actorId}
      disabled={actor.machineId === null}
      onClick={() => onActor(actor)}
      className="flex min-h-7 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover disabled:text-ink-soft disabled:hover:bg-transparent aria-pressed:bg-accent-soft max-sm:min-h-10"
    >
      <span className="min-w-0 flex-1 truncate">{actor.name}</span>
      <span className={`shrink-0 text-xs ${statusLook[actor.status]}`}>{statusWords(actor)}</span>
    </button>
    {children.length > 0 && (
      <ul className="ml-3 border-l border-line pl-1">
        {children.map((child) => (
          <Branch key={child.actor.id} branch={child} actorId={actorId} onActor={onActor} />
        ))}
      </ul>
    )}
  </li>
)

const statusLook: Record<LiveActor['status'], string> = {
  active: 'text-ink-soft',
  done: 'text-success',
  error: 'text-danger',
  stopped: 'text-warning',
}

function statusWords({ status, tags, active }: LiveActor): string {
  if (status === 'error') return 'broke'
  if (status !== 'active') return status
  return tags.length > 0 ? tags.join(', ') : shortName(active.at(-1) ?? '')
}

type StepsProps = Pick<LivePanelProps, 'history' | 'position' | 'onPosition'> & { actorId: string }

/** Pause, and one step back or forth. */
function Steps({ history, actorId, position, onPosition }: StepsProps) {
  const view = viewOf(history, actorId, position)
  const back = neighbourOf(history, actorId, position, 'back')
  const forth = position === null ? null : neighbourOf(history, actorId, position, 'forth')
  return (
    <div>
      <div className="flex items-center gap-1">
        <IconButton
          label="One step back"
          icon={<StepBackIcon />}
          aria-disabled={back === null}
          onClick={() => back !== null && onPosition(back)}
        />
        <IconButton
          label="One step forward"
          icon={<StepForthIcon />}
          aria-disabled={forth === null}
          onClick={() => forth !== null && onPosition(forth)}
        />
        <Button
          size="small"
          icon={position === null ? <PauseIcon /> : <PlayIcon />}
          onClick={() => onPosition(position === null ? presentOf(history, actorId) : null)}
        >
          {position === null ? 'Pause' : 'Go on'}
        </Button>
      </div>
      {view.status !== 'active' && (
        <p role="status" className={`mt-2 font-medium ${endLook[view.status]}`}>
          {endWords[view.status]}
          {view.error !== null && `: ${view.error}`}
        </p>
      )}
    </div>
  )
}

type End = Exclude<ReturnType<typeof viewOf>['status'], 'active'>

const endWords: Record<End, string> = {
  done: 'This actor has ended: it reached a final state',
  error: 'This actor broke',
  stopped: 'This actor was stopped',
  unknown: 'This actor is gone',
}

const endLook: Record<End, string> = {
  done: 'text-success',
  error: 'text-danger',
  stopped: 'text-warning',
  unknown: 'text-warning',
}
