import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import type { Trace } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import {
  createPaths,
  exploreModel,
  type Model,
  type ModelPath,
  type Route,
} from '../support/model.ts'
import { findRoutesTo } from './criteria.ts'
import type { CreatePathTest } from './started-path-test.ts'

export interface PathFailure {
  path: ModelPath
  error: Error
  trace: Trace
}

/** Runs a path against the real actor. Returns the failure with its trace, if it fails. */
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
      version: 2,
      machine: model.machine.id,
      hash,
      seed,
      input: asJson(input),
      steps: steps.map(createTraceStep),
    }
    return { path, error: error as Error, trace }
  } finally {
    started.actor.stop()
  }
}

const maxTries = 100

/**
 * Shrinks a failure: finds the shortest path to the failing transitions that fails for the same
 * reason, then drops events that the failure does not need.
 */
export async function shrinkFailure(
  model: Model,
  failure: PathFailure,
  createPathTest: CreatePathTest,
  seed: number,
): Promise<PathFailure> {
  const reason = readReason(failure)
  const { inputName, caseNames, microsteps } = failure.path
  const failedAt = failure.trace.steps.length
  const routes = findRoutesTo(exploreModel(model), microsteps[failedAt] ?? []).slice(0, maxTries)
  const prefix = { inputName, caseNames: caseNames.slice(0, failedAt) }
  let shortest = (await findFirstFailure([...routes, prefix])) ?? failure
  for (let next: PathFailure | undefined = shortest; next; ) {
    shortest = next
    next = await findFirstFailure(removeEach(shortest.path))
  }
  return shortest

  async function findFirstFailure(candidates: readonly Route[]): Promise<PathFailure | undefined> {
    for (const route of candidates) {
      const [path] = findPath(model, route)
      const result = path && (await runPath(model, path, createPathTest, seed))
      if (result && readReason(result) === reason) return result
    }
    return undefined
  }
}

/** Returns the routes that each leave out one event. */
const removeEach = (route: Route): Route[] =>
  route.caseNames.map((_, index) => ({ ...route, caseNames: route.caseNames.toSpliced(index, 1) }))

/** Reads why a path failed; the rest of the message lists its steps. */
export const readReason = ({ error }: PathFailure) => error.message.split('\nPath:')[0]

/** Returns the path of a route, or none if one of its events can't happen. */
function findPath(model: Model, route: Route): ModelPath[] {
  try {
    return createPaths(model, [route]).filter(({ steps }) =>
      steps.every(({ state }, index) => state !== steps[index - 1]?.state),
    )
  } catch {
    return []
  }
}

/** An event and the state of the machine after it, as JSON. */
export function createTraceStep({
  event,
  snapshot,
}: {
  event: AnyEventObject
  snapshot: AnyMachineSnapshot
}): Trace['steps'][number] {
  const { value, context, status } = snapshot
  return { event: asJson(event), snapshot: { value, context: asJson(context), status } }
}

/** Returns a value as it is when read back from a file. */
export const asJson = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))
