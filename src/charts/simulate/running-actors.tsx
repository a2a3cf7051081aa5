import { useRef } from 'react'
import { Button } from '#ui/button.tsx'
import type { ChartEntry } from '../chart-entry.ts'
import { formatOutcome } from '../labels.ts'
import { JsonField } from './json-field.tsx'
import type { SimulationStep, StepProps } from './simulation.ts'

/** The running actors, each with the outcomes to choose from. */
export function RunningActors({ entry, state, onStep }: StepProps & { entry: ChartEntry }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const complete = (step: SimulationStep) => {
    // The pressed button disappears with its actor.
    heading.current?.focus()
    onStep(step)
  }
  return (
    <section aria-label="Running actors">
      <h2 ref={heading} tabIndex={-1} className="mb-1 font-semibold">
        Running actors
      </h2>
      {state.actors.length === 0 && <p className="text-ink-soft">No actor is running.</p>}
      {state.actors.map(({ id, src }) => (
        <div key={id} className="mb-2 rounded-md border border-line p-2">
          <p className="mb-1">
            <span>{id}</span>
            <span className="text-ink-soft"> is running. Choose how it ends:</span>
          </p>
          <div className="flex flex-wrap gap-1">
            {(entry.outputs[src] ?? [null]).map((output) => (
              <Button
                key={JSON.stringify(output)}
                size="small"
                title={JSON.stringify(output)}
                onClick={() => complete({ do: 'answer', invokeId: id, output })}
              >
                {`Done${formatOutcome(output)}`}
              </Button>
            ))}
            <Button
              size="small"
              onClick={() =>
                complete({ do: 'fail', invokeId: id, message: 'Failed in the simulation' })
              }
            >
              Error
            </Button>
          </div>
          <details className="mt-1">
            <summary className="text-ink-soft">Another output</summary>
            <JsonField
              label={`Output of ${id}, as JSON`}
              value={entry.outputs[src]?.[0] ?? null}
              submitLabel="Complete with this output"
              onSubmit={(output) => complete({ do: 'answer', invokeId: id, output })}
            />
          </details>
        </div>
      ))}
    </section>
  )
}
