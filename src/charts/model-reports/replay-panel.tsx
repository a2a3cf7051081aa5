import { IconButton } from '#ui/button.tsx'
import { StepBackIcon, StepForthIcon } from '../components/chart-icons.tsx'
import { FileField } from './file-field.tsx'
import type { ReplayedStep } from './trace-replay.ts'

type ReplayPanelProps = {
  steps: readonly ReplayedStep[] | null
  position: number
  refusal: string | null
  onFile: (file: File) => void
  onPosition: (position: number) => void
}

/** A trace of a model test, step by step. */
export function ReplayPanel({ steps, position, refusal, onFile, onPosition }: ReplayPanelProps) {
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      <FileField label="Trace of a test" refusal={refusal} onFile={onFile}>
        A model test that fails writes one to reports/models/.
      </FileField>
      {steps?.length === 0 && <p className="text-ink-soft">The trace has no steps.</p>}
      {steps && steps.length > 0 && (
        <section aria-label="Steps of the trace">
          <div className="mb-1 flex items-center gap-1">
            <IconButton
              label="One step back"
              icon={<StepBackIcon />}
              aria-disabled={position === 0}
              onClick={() => onPosition(Math.max(0, position - 1))}
            />
            <IconButton
              label="One step forward"
              icon={<StepForthIcon />}
              aria-disabled={position === steps.length - 1}
              onClick={() => onPosition(Math.min(steps.length - 1, position + 1))}
            />
            <span role="status" className="tabular-nums">
              Step {position + 1} of {steps.length}
            </span>
          </div>
          <ol className="max-h-96 overflow-y-auto">
            {steps.map(({ event, status, guessed }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a trace's steps never change and are told apart by their place
              <li key={index}>
                <button
                  type="button"
                  aria-pressed={index === position}
                  onClick={() => onPosition(index)}
                  className="w-full rounded-md px-2 py-1 text-left hover:bg-hover aria-pressed:bg-accent-soft max-sm:min-h-10"
                >
                  {event}
                  {status !== 'active' && <span className="text-ink-soft"> · {status}</span>}
                  {guessed.length > 0 && (
                    <span className="block text-xs text-ink-soft">
                      not in the trace, guessed: {guessed.join(', ')}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}
