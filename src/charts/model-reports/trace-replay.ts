import type { AnyStateMachine, StateValue } from 'xstate'
import type { Chart, ChartState, ChartTransition } from '../chart.ts'
import type { Json } from '../json.ts'
import { createChildActor } from '../simulate/child-actor.ts'
import { stubEffects } from '../simulate/stub-effects.ts'
import type { Trace } from './model-reports.ts'

export interface ReplayedStep {
  event: string
  active: string[]
  /** The ids of the transitions from the previous step to this one, inferred ones included. */
  taken: string[]
  /** The labels of transitions that fit the trace, but that neither it nor the machine reported. */
  inferred: string[]
  status: string
}

/** Replays a trace on its chart. */
export function replayTrace(
  machine: AnyStateMachine,
  chart: Chart,
  { steps }: Trace,
): ReplayedStep[] {
  const stubbed = stubEffects(machine)
  return steps.map((step, index) => {
    const { event, snapshot } = step
    const before = steps[index - 1]?.snapshot
    const { taken, inferred } = before ? findPath(stubbed, chart, before, step) : emptyPath
    return {
      event: event.type,
      active: resolveStateValue(chart.root, snapshot.value),
      taken: [...taken, ...inferred.map(({ id }) => id)],
      inferred: inferred.map(({ label }) => label),
      status: snapshot.status,
    }
  })
}

/** Lists the ids of the states that a state value names. */
function resolveStateValue(root: ChartState, value: Json): string[] {
  return [root.id, ...resolveChildren(root, value as StateValue)]
}

function resolveChildren(state: ChartState, value: StateValue | undefined): string[] {
  const keys = typeof value === 'string' ? { [value]: {} } : (value ?? {})
  return Object.entries(keys).flatMap(([key, below]) => {
    const child = state.states.find((candidate) => candidate.key === key)
    return child ? [child.id, ...resolveChildren(child, below)] : []
  })
}

type TraceStep = Trace['steps'][number]
type TraceSnapshot = TraceStep['snapshot']

/** The transitions between two snapshots of a trace. */
interface Path {
  taken: string[]
  inferred: ChartTransition[]
}

const emptyPath: Path = { taken: [], inferred: [] }

function findPath(
  stubbed: AnyStateMachine,
  chart: Chart,
  before: TraceSnapshot,
  { event, snapshot }: TraceStep,
): Path {
  const active = resolveStateValue(chart.root, before.value)
  const after = resolveStateValue(chart.root, snapshot.value)
  const microsteps = runEvent(stubbed, before, event)
  if (!microsteps) {
    const candidates = chart.transitions.filter((transition) => transition.event === event.type)
    return { taken: [], inferred: inferTransitions(candidates, active, after) }
  }
  const end = microsteps.at(-1)?.active ?? active
  if (after.every((id) => end.includes(id))) {
    return { taken: microsteps.flatMap(({ taken }) => taken), inferred: [] }
  }
  // Only effects can cause the difference, and not in the first microstep, because its guards see
  // the context of the trace.
  const [first = { taken: [], active }] = microsteps
  return {
    taken: first.taken,
    inferred: inferTransitions(chart.transitions, first.active, after),
  }
}

interface Microstep {
  taken: string[]
  active: string[]
}

/**
 * Runs an event on a machine without effects, from a snapshot of a trace. Null if that fails, or if
 * the trace lacks required data such as the context.
 */
function runEvent(
  stubbed: AnyStateMachine,
  { value, context, status }: TraceSnapshot,
  event: TraceStep['event'],
): Microstep[] | null {
  if (context === null || status !== 'active') return null
  const microsteps: Microstep[] = []
  let hasFailed = false
  try {
    // The fingerprints match, so the value and the context fit the machine.
    const state = { value, context } as Parameters<AnyStateMachine['resolveState']>[0]
    const actor = createChildActor(stubbed, {
      snapshot: stubbed.resolveState(state),
      onMicrostep: (microstep) => microsteps.push(microstep),
    })
    actor.subscribe({
      error: () => {
        hasFailed = true
      },
    })
    actor.start()
    actor.send(event)
    return hasFailed ? null : microsteps
  } catch {
    return null
  }
}

/** Picks the transitions from active states to newly active ones, one per set of targets. */
function inferTransitions(
  transitions: ChartTransition[],
  before: string[],
  after: string[],
): ChartTransition[] {
  const candidates = transitions.filter(({ kind, source, targets }) => {
    if (kind === 'history' || !before.includes(source)) return false
    const isEntering = targets.some((target) => !before.includes(target))
    return isEntering && targets.every((target) => after.includes(target))
  })
  const hasSameTargets = (transition: ChartTransition) => (candidate: ChartTransition) =>
    candidate.targets.join() === transition.targets.join()
  return candidates.filter(
    (transition, index) => candidates.findIndex(hasSameTargets(transition)) === index,
  )
}
