import { useRef } from 'react'
import { Button } from '#ui/button.tsx'
import type { ChartEntry } from '../chart-entry.ts'
import { JsonField } from './json-field.tsx'
import { outcomeName } from './outcome.ts'
import type { SimulationStep } from './simulation.ts'
import type { StepProps } from './step-props.ts'

/** What was started, and the answers it may be given. */
export function SimulatedInvokes({ entry, state, onStep }: StepProps & { entry: ChartEntry }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const answer = (step: SimulationStep) => {
    // What was pressed goes with the question that it answers.
    heading.current?.focus()
    onStep(step)
  }
  return (
    <section aria-label="Under way">
      <h2 ref={heading} tabIndex={-1} className="mb-1 font-semibold">
        Under way
      </h2>
      {state.invokes.length === 0 && <p className="text-ink-soft">Nothing waits for an answer.</p>}
      {state.invokes.map(({ id, src }) => (
        <div key={id} className="mb-2 rounded-md border border-line p-2">
          <p className="mb-1">
            {id}
            <span className="text-ink-soft"> will answer later, unless you say how it ends:</span>
          </p>
          <div className="flex flex-wrap gap-1">
            {(entry.outputs[src] ?? [null]).map((output) => (
              <Button
                key={JSON.stringify(output)}
                size="small"
                title={JSON.stringify(output)}
                onClick={() => answer({ do: 'answer', invokeId: id, output })}
              >
                {`Done${outcomeName(output)}`}
              </Button>
            ))}
            <Button
              size="small"
              onClick={() => answer({ do: 'fail', invokeId: id, message: 'It broke' })}
            >
              Error
            </Button>
          </div>
          <details className="mt-1">
            <summary className="text-ink-soft">Another output</summary>
            <JsonField
              label={`Output of ${id}, as JSON`}
              value={entry.outputs[src]?.[0] ?? null}
              action="Done with it"
              onSubmit={(output) => answer({ do: 'answer', invokeId: id, output })}
            />
          </details>
        </div>
      ))}
    </section>
  )
}
