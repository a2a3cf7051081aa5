import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import type { Trace } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import { graphOf, type Model, type ModelPath, pathsOf, type Route } from '../support/model.ts'
import { routesTaking } from './criteria.ts'
import type { CreatePathTest } from './started-path-test.ts'

export interface PathFailure {
  path: ModelPath
  error: Error
  trace: Trace
}

/** Runs a path against the real actor; the failure with its trace, or nothing. */
export async function runPath(
  model: Model,
  path: ModelPath,
  createPathTest: CreatePathTest,
  seed: number,
): Promise<PathFailure | undefined> {
  const input = model.inputs[path.inputName]
  const started = createPathTest(input)
  const steps: { event: AnyEventObject; snapshot: AnyMachineSnapshot }[] = []
  const events = Object.fromEntries(
    Object.entries(started.events).map(([type, drive]) => [
      type,
      async (step: { event: AnyEventObject; state: AnyMachineSnapshot }) => {
        try {
          await drive?.(step)
        } finally {
          steps.push({ event: step.event, snapshot: started.actor.snapshot() })
        }
      },
    ]),
  )
  try {
    await path.test({ states: started.states, events })
    return undefined
  } catch (error) {
    const hash = readChart(model.machine).fingerprint
    const trace: Trace = {
      version: 1,
      machine: model.machine.id,
      hash,
      seed,
      input: asJson(input),
      steps: steps.map(traceStep),
    }
    return { path, error: error as Error, trace }
  } finally {
    started.actor.stop()
  }
}

const mostTries = 100

/**
 * The shortest path found that fails for the same reason: by the transitions that it failed at, and
 * then without the events that it fails without, too.
 */
export async function shortestFailure(
  model: Model,
  failure: PathFailure,
  createPathTest: CreatePathTest,
  seed: number,
): Promise<PathFailure> {
  const reason = reasonOf(failure)
  const { inputName, caseNames, microsteps } = failure.path
  const failedAt = failure.trace.steps.length
  const ways = routesTaking(graphOf(model), microsteps[failedAt] ?? []).slice(0, mostTries)
  const walked = { inputName, caseNames: caseNames.slice(0, failedAt) }
  let shortest = (await firstFailure([...ways, walked])) ?? failure
  for (let next: PathFailure | undefined = shortest; next; ) {
    shortest = next
    next = await firstFailure(withoutOne(shortest.path))
  }
  return shortest

  async function firstFailure(routes: readonly Route[]): Promise<PathFailure | undefined> {
    for (const one of routes) {
      const [path] = possiblePaths(model, one)
      const found = path && (await runPath(model, path, createPathTest, seed))
      if (found && reasonOf(found) === reason) return found
    }
    return undefined
  }
}

/** The route without each one of its events. */
const withoutOne = (route: Route): Route[] =>
  route.caseNames.map((_, index) => ({ ...route, caseNames: route.caseNames.toSpliced(index, 1) }))

export const reasonOf = ({ error }: PathFailure) => error.message.split('\nPath:')[0]

/** The path of a route, if each of its events can happen where it comes. */
function possiblePaths(model: Model, route: Route): ModelPath[] {
  try {
    return pathsOf(model, [route]).filter(({ steps }) =>
      steps.every(({ state }, index) => state !== steps[index - 1]?.state),
    )
  } catch {
    return []
  }
}

/** An event and where the machine stood after it, as JSON. */
export function traceStep({
  event,
  snapshot,
}: {
  event: AnyEventObject
  snapshot: AnyMachineSnapshot
}): Trace['steps'][number] {
  const { value, context, status } = snapshot
  return { event: asJson(event), snapshot: { value, context: asJson(context), status } }
}

/** A value as it is read back from a file. */
export const asJson = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))
