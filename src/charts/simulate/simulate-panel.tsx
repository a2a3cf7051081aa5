import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { Chart } from '../chart.ts'
import type { ChartEntry } from '../chart-entry.ts'
import { JsonField } from './json-field.tsx'
import { outcomeName } from './outcome.ts'
import { runToLink } from './run-link.ts'
import { SimulatedEvents } from './simulated-events.tsx'
import { SimulatedInvokes } from './simulated-invokes.tsx'
import type { SimulationRun, SimulationState, SimulationStep } from './simulation.ts'
import type { StepProps } from './step-props.ts'

type SimulatePanelProps = {
  entry: ChartEntry
  chart: Chart
  run: SimulationRun
  /** How many of the run's steps are done; fewer than there are while it is looked back. */
  position: number
  state: SimulationState
  onRun: (run: SimulationRun) => void
  onPosition: (position: number) => void
}

/** The controls of a simulated run: input, events, outcomes of what was started, and time. */
export function SimulatePanel(props: SimulatePanelProps) {
  const { entry, chart, run, position, state, onRun, onPosition } = props
  const doStep = (step: SimulationStep) =>
    onRun({ ...run, steps: [...run.steps.slice(0, position), step] })
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      <Standing state={state} />
      <SimulatedEvents entry={entry} chart={chart} state={state} onStep={doStep} />
      <SimulatedInvokes entry={entry} state={state} onStep={doStep} />
      <Time state={state} onStep={doStep} />
      <History run={run} position={position} onPosition={onPosition} />
      <details>
        <summary className="font-semibold">Input</summary>
        <JsonField
          key={JSON.stringify(run.input)}
          label="Input of the machine, as JSON"
          value={run.input}
          action="Start anew with it"
          onSubmit={(input) => onRun({ ...run, input, steps: [] })}
        />
      </details>
      <ShareButton run={run} />
    </div>
  )
}

const Standing = ({ state }: { state: SimulationState }) => (
  <div role="status">
    {state.error !== null && (
      <p className="font-medium text-danger">The machine broke: {state.error}</p>
    )}
    {state.status === 'done' && (
      <p className="font-medium text-success">The machine has ended: it reached a final state.</p>
    )}
    <p className="text-ink-soft">
      {state.tags.length > 0 ? `Tags: ${state.tags.join(', ')}.` : 'No tags.'}
      {state.effects.length > 0 && ` Would do: ${state.effects.join(', ')}.`}
    </p>
  </div>
)

function Time({ state: { now, timers }, onStep }: StepProps) {
  const [next] = timers
  return (
    <section aria-label="Time">
      <h2 className="mb-1 font-semibold">Time: {now / 1_000} s</h2>
      <div className="flex flex-wrap gap-1">
        <Button size="small" onClick={() => onStep({ do: 'advance', milliseconds: 1_000 })}>
          1 s later
        </Button>
        <Button
          size="small"
          aria-disabled={next === undefined}
          onClick={() => next && onStep({ do: 'advance', milliseconds: next.due - now })}
        >
          {next ? `Next timer, in ${(next.due - now) / 1_000} s` : 'No timer waits'}
        </Button>
      </div>
    </section>
  )
}

type HistoryProps = Pick<SimulatePanelProps, 'run' | 'position' | 'onPosition'>

const History = ({ run, position, onPosition }: HistoryProps) => (
  <section aria-label="History">
    <h2 className="mb-1 font-semibold">History</h2>
    <ol className="max-h-48 overflow-y-auto">
      {['Start', ...run.steps.map(stepLabel)].map((label, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run's steps are only ever added, and are told apart by their place
        <li key={index}>
          <button
            type="button"
            aria-pressed={index === position}
            onClick={() => onPosition(index)}
            className="w-full rounded-md px-2 py-1 text-left hover:bg-hover aria-pressed:bg-accent-soft max-sm:min-h-10"
          >
            {label}
          </button>
        </li>
      ))}
    </ol>
  </section>
)

function stepLabel(step: SimulationStep): string {
  if (step.do === 'send') return step.event.type
  if (step.do === 'advance') return `${step.milliseconds / 1_000} s later`
  if (step.do === 'fail') return `${step.invokeId} broke`
  return `${step.invokeId} is done${outcomeName(step.output)}`
}

function ShareButton({ run }: { run: SimulationRun }) {
  const [said, setSaid] = useState<{ of: SimulationRun; words: string } | null>(null)
  const share = async () => {
    const link = new URL(location.href)
    link.hash = `run=${runToLink(run)}`
    history.replaceState(history.state, '', link)
    try {
      await navigator.clipboard.writeText(link.href)
      setSaid({ of: run, words: 'The link is copied.' })
    } catch {
      setSaid({ of: run, words: 'The link is in the address bar.' })
    }
  }
  return (
    <div className="flex items-center gap-2">
      <Button size="small" onClick={share}>
        Share this run
      </Button>
      <span role="status" className="text-ink-soft">
        {said?.of === run && said.words}
      </span>
    </div>
  )
}
