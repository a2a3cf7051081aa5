import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { Chart } from '../chart.ts'
import type { ChartEntry } from '../chart-entry.ts'
import { StepList } from '../components/step-list.tsx'
import { formatOutcome } from '../labels.ts'
import { JsonField } from './json-field.tsx'
import { formatRunLink } from './run-link.ts'
import { RunningActors } from './running-actors.tsx'
import { SimulatedEvents } from './simulated-events.tsx'
import type { SimulationRun, SimulationState, SimulationStep, StepProps } from './simulation.ts'

type SimulatePanelProps = {
  entry: ChartEntry
  chart: Chart
  run: SimulationRun
  /** How many of the run's steps are applied; fewer than all when viewing an earlier one. */
  position: number
  state: SimulationState
  onRun: (run: SimulationRun) => void
  onPosition: (position: number) => void
}

/** The controls of a simulated run: input, events, outcomes of running actors, and time. */
export function SimulatePanel(props: SimulatePanelProps) {
  const { entry, chart, run, position, state, onRun, onPosition } = props
  const labels = ['Start', ...run.steps.map(formatStep)]
  const addStep = (step: SimulationStep) =>
    onRun({ ...run, steps: [...run.steps.slice(0, position), step] })
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      <Status state={state} labels={labels} />
      <SimulatedEvents entry={entry} chart={chart} state={state} onStep={addStep} />
      <RunningActors entry={entry} state={state} onStep={addStep} />
      <Time state={state} onStep={addStep} />
      <section aria-label="History">
        <h2 className="mb-1 font-semibold">History</h2>
        <StepList
          steps={labels.map((label, step) =>
            step === state.failedStep ? `${label} (failed)` : label,
          )}
          renderStep={(label) => label}
          position={position}
          onPosition={onPosition}
          className="max-h-48"
        />
      </section>
      <details>
        <summary className="font-semibold">Input</summary>
        <JsonField
          key={JSON.stringify(run.input)}
          label="Input of the machine, as JSON"
          value={run.input}
          submitLabel="Restart with this input"
          onSubmit={(input) => onRun({ ...run, input, steps: [] })}
        />
      </details>
      <ShareButton run={run} />
    </div>
  )
}

const Status = ({ state, labels }: { state: SimulationState; labels: string[] }) => (
  <div role="status">
    {state.error !== null && (
      <p className="font-medium text-danger">
        {`The machine failed at “${labels[state.failedStep ?? 0]}”: ${state.error}`}
      </p>
    )}
    {state.status === 'done' && (
      <p className="font-medium text-success">The machine reached its final state.</p>
    )}
    <p className="text-ink-soft">
      <span>{state.tags.length > 0 ? `Tags: ${state.tags.join(', ')}.` : 'No tags.'}</span>
      {state.effects.length > 0 && <span>{` Effects: ${state.effects.join(', ')}.`}</span>}
    </p>
    {state.standIns.length > 0 && (
      <p className="text-ink-soft">{`Not implemented: ${state.standIns.join(', ')}.`}</p>
    )}
  </div>
)

function Time({ state: { now, timers }, onStep }: StepProps) {
  const [next] = timers
  return (
    <section aria-label="Time">
      <h2 className="mb-1 font-semibold">{`Time: ${now / 1_000} s`}</h2>
      <div className="flex flex-wrap gap-1">
        <Button size="small" onClick={() => onStep({ do: 'advance', milliseconds: 1_000 })}>
          Advance by 1 s
        </Button>
        <Button
          size="small"
          aria-disabled={next === undefined}
          onClick={() => next && onStep({ do: 'advance', milliseconds: next.due - now })}
        >
          {next ? `Next timer, in ${(next.due - now) / 1_000} s` : 'No pending timer'}
        </Button>
      </div>
    </section>
  )
}

function formatStep(step: SimulationStep): string {
  if (step.do === 'send') return step.event.type
  if (step.do === 'advance') return `${step.milliseconds / 1_000} s later`
  if (step.do === 'fail') return `error: ${step.invokeId}`
  return `done: ${step.invokeId}${formatOutcome(step.output)}`
}

function ShareButton({ run }: { run: SimulationRun }) {
  const [status, setStatus] = useState<{ run: SimulationRun; message: string } | null>(null)
  const share = async () => {
    const link = new URL(location.href)
    link.hash = `run=${formatRunLink(run)}`
    history.replaceState(history.state, '', link)
    try {
      await navigator.clipboard.writeText(link.href)
      setStatus({ run, message: 'Link copied.' })
    } catch {
      setStatus({ run, message: 'The link is in the address bar.' })
    }
  }
  return (
    <div className="flex items-center gap-2">
      <Button size="small" onClick={share}>
        Share this run
      </Button>
      <span role="status" className="text-ink-soft">
        {status?.run === run && status.message}
      </span>
    </div>
  )
}
