import type { z } from '#contract/zod.ts'
import { isolate } from '#shared/isolate.ts'
import type { Chart } from '../chart.ts'
import { formatTransitionId } from '../read-chart.ts'
import {
  type Coverage,
  coverageSchema,
  type MachineCoverage,
  type Trace,
  traceSchema,
} from './model-reports.ts'

/** A file's content, or a sentence that says why it can't be shown. */
export type FileResult<Content> = { content: Content } | { error: string }

const maxBytes = 20_000_000

/** Reads a coverage report of the model tests. */
export const readCoverage = (file: File): Promise<FileResult<Coverage>> =>
  readFile(file, coverageSchema, 'a coverage report')

/** Reads the trace of a model test. */
export const readTrace = (file: File): Promise<FileResult<Trace>> =>
  readFile(file, traceSchema, 'a trace')

async function readFile<Content>(
  file: File,
  schema: z.ZodType<Content>,
  what: string,
): Promise<FileResult<Content>> {
  const name = isolate(file.name)
  if (file.size > maxBytes) {
    const megabytes = Math.round(file.size / 1_000_000)
    return { error: `“${name}” is ${megabytes} MB. The limit for ${what} is 20 MB.` }
  }
  const text = await file.text().catch(() => null)
  if (text === null) {
    return { error: `“${name}” can’t be read. If it was moved or rewritten, choose it again.` }
  }
  const json = attempt(() => JSON.parse(text))
  if (json === undefined) return { error: `“${name}” is not ${what}: it is not JSON.` }
  // Zod recurses into JSON, and deep nesting overflows the stack.
  const parsed = attempt(() => schema.safeParse(json))
  if (!parsed) return { error: `“${name}” is not ${what}: it is nested too deeply.` }
  if (parsed.success) return { content: parsed.data }
  const [issue] = parsed.error.issues
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  return { error: `“${name}” is not ${what}${place}: ${issue?.message ?? 'unknown shape'}.` }
}

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

/** Selects a chart's part of a coverage report; an error if it is missing or of another version. */
export function selectCoverage(chart: Chart, { machines }: Coverage): FileResult<MachineCoverage> {
  const machine = machines[chart.machineId]
  if (!machine) return { error: `The report does not cover ${chart.machineId}.` }
  return machine.hash === chart.fingerprint
    ? { content: machine }
    : { error: describeOtherVersion(chart, 'report') }
}

/** Checks that a trace belongs to this version of a chart. */
export function checkTrace(chart: Chart, trace: Trace): FileResult<Trace> {
  if (trace.machine !== chart.machineId) {
    return { error: `The trace is for ${trace.machine}, not for ${chart.machineId}.` }
  }
  return trace.hash === chart.fingerprint
    ? { content: trace }
    : { error: describeOtherVersion(chart, 'trace') }
}

const describeOtherVersion = ({ machineId }: Chart, what: string) =>
  `The ${what} is from another version of ${machineId}. Run the model tests again.`

/**
 * Counts how often each transition was taken, by id. Leaves out the defaults of history states,
 * because XState doesn't report them.
 */
export function countTransitions(
  chart: Chart,
  { transitions }: MachineCoverage,
): Map<string, number> {
  const counts = new Map(
    transitions.map(({ source, event, index, count }) => [
      formatTransitionId(source, event, index),
      count,
    ]),
  )
  return new Map(
    chart.transitions
      .filter(({ kind }) => kind !== 'history')
      .map(({ id }) => [id, counts.get(id) ?? 0]),
  )
}
