import { formatEvent } from '../labels.ts'
import { describeOutcome } from './describe-outcome.ts'
import type { LiveHistory } from './live-history.ts'

type StepLogProps = {
  history: LiveHistory
  actorId: string
  position: number | null
  onPosition: (position: number) => void
}

const maxShown = 200

/** An actor's received events, newest first; pressing one shows the chart right after it. */
export function StepLog({ history, actorId, position, onPosition }: StepLogProps) {
  const steps = history.steps.filter((step) => step.actorId === actorId)
  const initial = history.initialViews.get(actorId) ?? { active: [] }
  if (steps.length === 0) {
    return <p className="text-ink-soft">No events since you started watching.</p>
  }
  return (
    <ol aria-label="Event log" reversed className="max-h-72 overflow-y-auto text-sm">
      {steps
        .map((step, index) => ({ step, before: steps[index - 1] ?? initial }))
        .slice(-maxShown)
        .toReversed()
        .map(({ step, before }) => (
          <li key={step.number}>
            <button
              type="button"
              aria-pressed={step.number === position}
              title={JSON.stringify(step.payload)}
              onClick={() => onPosition(step.number)}
              className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left hover:bg-hover aria-pressed:bg-accent-soft max-sm:min-h-10"
            >
              <span className="w-16 shrink-0 text-xs text-ink-soft tabular-nums">
                {`${(step.at / 1_000).toFixed(2)} s`}
              </span>
              <span className="min-w-0 flex-1">
                <span>{formatEvent(step.event)}</span>
                <span className={step.error === null ? 'text-ink-soft' : 'text-danger'}>
                  {` ${describeOutcome(step, before)}`}
                </span>
              </span>
            </button>
          </li>
        ))}
    </ol>
  )
}
