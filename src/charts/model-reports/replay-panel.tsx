import { IconButton } from '#ui/button.tsx'
import { NextStepIcon, PreviousStepIcon } from '../components/chart-icons.tsx'
import { StepList } from '../components/step-list.tsx'
import { FileField } from './file-field.tsx'
import type { ReplayedStep } from './trace-replay.ts'

type ReplayPanelProps = {
  steps: readonly ReplayedStep[] | null
  position: number
  error: string | null
  onFile: (file: File) => void
  onPosition: (position: number) => void
}

/** The trace of a model test, step by step. */
export function ReplayPanel({ steps, position, error, onFile, onPosition }: ReplayPanelProps) {
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      <FileField label="Test trace" error={error} onFile={onFile}>
        A failing model test writes one to reports/models/.
      </FileField>
      {steps?.length === 0 && <p className="text-ink-soft">The trace has no steps.</p>}
      {steps && steps.length > 0 && (
        <section aria-label="Trace steps">
          <div className="mb-1 flex items-center gap-1">
            <IconButton
              label="Previous step"
              icon={<PreviousStepIcon />}
              aria-disabled={position === 0}
              onClick={() => onPosition(Math.max(0, position - 1))}
            />
            <IconButton
              label="Next step"
              icon={<NextStepIcon />}
              aria-disabled={position === steps.length - 1}
              onClick={() => onPosition(Math.min(steps.length - 1, position + 1))}
            />
            <span role="status" className="tabular-nums">
              {`Step ${position + 1} of ${steps.length}`}
            </span>
          </div>
          <StepList
            steps={steps}
            renderStep={renderStep}
            position={position}
            onPosition={onPosition}
            className="max-h-96"
          />
        </section>
      )}
    </div>
  )
}

const renderStep = ({ event, status, inferred }: ReplayedStep) => (
  <>
    <span>{event}</span>
    {status !== 'active' && <span className="text-ink-soft">{` · ${status}`}</span>}
    {inferred.length > 0 && (
      <span className="block text-xs text-ink-soft">
        {`inferred, not in the trace: ${inferred.join(', ')}`}
      </span>
    )}
  </>
)
