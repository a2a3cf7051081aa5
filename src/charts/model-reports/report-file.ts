import type { z } from '#contract/zod.ts'
import type { Chart } from '../chart.ts'
import { transitionIdOf } from '../chart-model.ts'
import {
  type Coverage,
  coverageSchema,
  type MachineCoverage,
  type Trace,
  traceSchema,
} from './model-reports.ts'

/** What a file said, or a sentence that tells a person what is wrong with it. */
export type FileAnswer<Content> = { content: Content } | { refusal: string }

const mostBytes = 20_000_000

/** Reads a coverage report that the model tests wrote. */
export const readCoverage = (file: File): Promise<FileAnswer<Coverage>> =>
  read(file, coverageSchema, 'a coverage report')

/** Reads the trace of a model test. */
export const readTrace = (file: File): Promise<FileAnswer<Trace>> =>
  read(file, traceSchema, 'a trace')

async function read<Content>(
  file: File,
  schema: z.ZodType<Content>,
  what: string,
): Promise<FileAnswer<Content>> {
  if (file.size > mostBytes) {
    const megabytes = Math.round(file.size / 1_000_000)
    return { refusal: `“${file.name}” has ${megabytes} MB; ${what} has at most 20 MB.` }
  }
  const text = await file.text().catch(() => null)
  if (text === null) {
    return {
      refusal: `“${file.name}” can’t be read. If it was moved or written anew, choose it again.`,
    }
  }
  const json = orUndefined(() => JSON.parse(text))
  if (json === undefined) return { refusal: `“${file.name}” is not ${what}: it is not JSON.` }
  // Zod goes down into JSON by calling itself.
  const parsed = orUndefined(() => schema.safeParse(json))
  if (!parsed) return { refusal: `“${file.name}” is not ${what}: it is nested too deeply.` }
  if (parsed.success) return { content: parsed.data }
  const [issue] = parsed.error.issues
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  return { refusal: `“${file.name}” is not ${what}${place}: ${issue?.message ?? 'unknown shape'}.` }
}

function orUndefined<Result>(attempt: () => Result): Result | undefined {
  try {
    return attempt()
  } catch {
    return undefined
  }
}

/** A report's part about one chart, or why it has none that fits. */
export function coverageFor(chart: Chart, { machines }: Coverage): FileAnswer<MachineCoverage> {
  const machine = machines[chart.machineId]
  if (!machine) return { refusal: `The report says nothing about ${chart.machineId}.` }
  return machine.hash === chart.fingerprint ? { content: machine } : otherVersion(chart, 'report')
}

/** A trace, if it is of this very chart. */
export function traceFor(chart: Chart, trace: Trace): FileAnswer<Trace> {
  if (trace.machine !== chart.machineId) {
    return { refusal: `The trace is of ${trace.machine}, not of ${chart.machineId}.` }
  }
  return trace.hash === chart.fingerprint ? { content: trace } : otherVersion(chart, 'trace')
}

const otherVersion = ({ machineId }: Chart, what: string) => ({
  refusal: `The ${what} is from another version of ${machineId}. Run the model tests again.`,
})

/** How often each transition was taken, by its id; nobody counts where a history state leads at first. */
export function countsOf(chart: Chart, { transitions }: MachineCoverage): Map<string, number> {
  const taken = new Map(
    transitions.map(({ source, event, index, count }) => [
      transitionIdOf(source, event, index),
      count,
    ]),
  )
  return new Map(
    chart.transitions
      .filter(({ kind }) => kind !== 'history')
      .map(({ id }) => [id, taken.get(id) ?? 0]),
  )
}
