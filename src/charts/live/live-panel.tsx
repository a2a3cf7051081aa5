import { useState } from 'react'
import { Button, IconButton } from '#ui/button.tsx'
import { PauseIcon, PlayIcon } from '#ui/icons.tsx'
import { SearchField } from '#ui/search-field.tsx'
import { Select } from '#ui/select.tsx'
import { NextStepIcon, PreviousStepIcon } from '../components/chart-icons.tsx'
import { ActorList } from './actor-list.tsx'
import { buildActorTree } from './actor-tree.ts'
import type { LiveActor } from './live.ts'
import {
  type ActorView,
  findNextStep,
  findPauseStep,
  findPreviousStep,
  type LiveHistory,
  viewActor,
} from './live-history.ts'
import { SequenceView } from './sequence-view.tsx'
import { StepLog } from './step-log.tsx'

type LivePanelProps = {
  history: LiveHistory
  actorId: string | null
  /** The number of the step shown while paused; null for the present. */
  position: number | null
  tabs: Record<string, string>
  tab: string
  onTab: (tab: string) => void
  onActor: (actor: LiveActor) => void
  onPosition: (position: number | null) => void
}

/** The running actors of a tab, and the history of the chosen one. */
export function LivePanel(props: LivePanelProps) {
  const { history, actorId, position, tabs, tab, onTab, onActor, onPosition } = props
  const [search, setSearch] = useState('')
  const branches = buildActorTree(history.actors, search)
  return (
    <div className="flex flex-col gap-3 p-3">
      <div>
        <Select label="Tab to watch" value={tab} options={tabs} onChange={onTab} />
      </div>
      <SearchField label="Search actors" value={search} onChange={setSearch} />
      {branches.length === 0 ? (
        <p className="text-ink-soft">
          {search === ''
            ? 'No actor is running in this tab yet. You can watch another tab.'
            : 'No actor matches.'}
        </p>
      ) : (
        <ActorList branches={branches} actorId={actorId} onActor={onActor} />
      )}
      {actorId !== null && (
        <ActorHistory
          history={history}
          actorId={actorId}
          position={position}
          onPosition={onPosition}
        />
      )}
    </div>
  )
}

type ActorHistoryProps = Pick<LivePanelProps, 'history' | 'position' | 'onPosition'> & {
  actorId: string
}

function ActorHistory(props: ActorHistoryProps) {
  const { history, actorId, position } = props
  const [format, setFormat] = useState<'log' | 'sequence'>('log')
  return (
    <>
      <StepControls {...props} />
      <div>
        <Select
          label="History format"
          value={format}
          options={{ log: 'Event log', sequence: 'Sequence diagram' }}
          onChange={setFormat}
        />
      </div>
      {format === 'log' ? (
        <StepLog {...props} />
      ) : (
        <SequenceView history={history} actorId={actorId} position={position} />
      )}
    </>
  )
}

/** The controls to pause the chart and step through the history. */
function StepControls({ history, actorId, position, onPosition }: ActorHistoryProps) {
  const { status, error } = viewActor(history, actorId, position)
  const previous = findPreviousStep(history, actorId, position)
  const next = position === null ? null : findNextStep(history, actorId, position)
  return (
    <div>
      <div className="flex items-center gap-1">
        <IconButton
          label="Previous step"
          icon={<PreviousStepIcon />}
          aria-disabled={previous === null}
          onClick={() => previous !== null && onPosition(previous)}
        />
        <IconButton
          label="Next step"
          icon={<NextStepIcon />}
          aria-disabled={next === null}
          onClick={() => next !== null && onPosition(next)}
        />
        <Button
          size="small"
          icon={position === null ? <PauseIcon /> : <PlayIcon />}
          onClick={() => onPosition(position === null ? findPauseStep(history, actorId) : null)}
        >
          {position === null ? 'Pause' : 'Resume'}
        </Button>
      </div>
      {status !== 'active' && (
        <p role="status" className={`mt-2 font-medium ${endings[status].color}`}>
          {error === null ? endings[status].text : `${endings[status].text}: ${error}`}
        </p>
      )}
    </div>
  )
}

const endings: Record<Exclude<ActorView['status'], 'active'>, { text: string; color: string }> = {
  done: { text: 'This actor reached its final state', color: 'text-success' },
  error: { text: 'This actor failed', color: 'text-danger' },
  stopped: { text: 'This actor was stopped', color: 'text-warning' },
  unknown: { text: 'This actor no longer exists', color: 'text-warning' },
}
