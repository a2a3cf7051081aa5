import { type AnyStateMachine, createActor } from 'xstate'
import { activeStatesOf, statesNamedBy } from '../active-states.ts'
import type { Chart, ChartTransition } from '../chart.ts'
import { takenTransitionId } from '../chart-model.ts'
import { isOfRoot } from '../simulate/simulation.ts'
import { withStandIns } from '../simulate/stand-ins.ts'
import type { Trace } from './model-reports.ts'

export interface ReplayedStep {
  event: string
  active: string[]
  /** The transitions that lead from the step before to this one. */
  taken: string[]
  /** The labels of those that neither the trace nor the machine tells: they fit what the trace shows. */
  guessed: string[]
  status: string
}

/** A trace as steps on its chart. */
export function replay(machine: AnyStateMachine, chart: Chart, { steps }: Trace): ReplayedStep[] {
  const standing = withStandIns(machine, ignore)
  return steps.map((step, index) => {
    const { event, snapshot } = step
    const before = steps[index - 1]?.snapshot
    const active = statesNamedBy(chart.root, snapshot.value)
    const { taken, guesses } = before ? wayBetween(standing, chart, before, step) : noWay
    return {
      ...{ event: event.type, active, status: snapshot.status },
      taken: [...taken, ...guesses.map(({ id }) => id)],
      guessed: guesses.map(({ label }) => label),
    }
  })
}

type TraceStep = Trace['steps'][number]
type TraceSnapshot = TraceStep['snapshot']

interface Way {
  taken: string[]
  guesses: ChartTransition[]
}

const noWay: Way = { taken: [], guesses: [] }

function wayBetween(
  standing: AnyStateMachine,
  chart: Chart,
  before: TraceSnapshot,
  { event, snapshot }: TraceStep,
): Way {
  const active = statesNamedBy(chart.root, before.value)
  const after = statesNamedBy(chart.root, snapshot.value)
  const microsteps = askMachine(standing, before, event)
  if (!microsteps) {
    const ofEvent = chart.transitions.filter((transition) => transition.event === event.type)
    return { taken: [], guesses: waysInto(after, active, ofEvent) }
  }
  const end = microsteps.at(-1)?.active ?? active
  if (after.every((id) => end.includes(id))) {
    return { taken: microsteps.flatMap(({ taken }) => taken), guesses: [] }
  }
  // Only effects can make the difference. They have no say in the first step, whose guards see what the trace holds.
  const [first = { taken: [], active }] = microsteps
  return { taken: first.taken, guesses: waysInto(after, first.active, chart.transitions) }
}

interface Microstep {
  taken: string[]
  active: string[]
}

/**
 * What a machine with stand-ins for its effects does with an event in the state of a trace; null where the trace has too
 * little for it, such as no context.
 */
function askMachine(
  standing: AnyStateMachine,
  { value, context, status }: TraceSnapshot,
  event: TraceStep['event'],
): Microstep[] | null {
  if (context === null || status !== 'active') return null
  const microsteps: Microstep[] = []
  let broke = false
  try {
    // A trace's value and context are those of a machine with the same fingerprint.
    const state = { value, context } as Parameters<AnyStateMachine['resolveState']>[0]
    const actor = createActor(standing, {
      snapshot: standing.resolveState(state),
      inspect: (inspected) => {
        if (inspected.type !== '@xstate.microstep' || !isOfRoot(inspected)) return
        const taken = inspected._transitions.map(takenTransitionId)
        microsteps.push({ taken, active: activeStatesOf(inspected.snapshot) })
      },
    })
    actor.subscribe({
      error: () => {
        broke = true
      },
    })
    actor.start()
    actor.send(event)
    actor.stop()
    return broke ? null : microsteps
  } catch {
    return null
  }
}

const ignore = () => {}

/** The transitions that lead on into states that are active after and not before; one for each such target. */
function waysInto(
  after: string[],
  before: string[],
  transitions: ChartTransition[],
): ChartTransition[] {
  const ways = transitions.filter(({ kind, source, targets }) => {
    if (kind === 'history' || !before.includes(source)) return false
    const isEntering = targets.some((target) => !before.includes(target))
    return isEntering && targets.every((target) => after.includes(target))
  })
  const leadsAs = (way: ChartTransition) => (other: ChartTransition) =>
    other.targets.join() === way.targets.join()
  return ways.filter((way, index) => ways.findIndex(leadsAs(way)) === index)
}
