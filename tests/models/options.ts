import { existsSync, readFileSync } from 'node:fs'
import { type Trace, traceSchema } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import { parseCommandLine, UsageError } from '#scripts/command-line.mjs'
import type { Criterion } from './criteria.ts'
import { type MachineId, machineIds, models } from './models.ts'

/** Options for a run of the model tests. */
export interface RunOptions {
  /** Only this machine; null for all machines and the races. */
  machine: MachineId | null
  criterion: Criterion
  /** The number of race schedules. */
  runs: number
  seed: number
  /** The trace file to replay instead. */
  replay: string | null
  json: boolean
  junit: boolean
}

export const usage = `npm run test:models -- [options]

  --machine NAME     only this machine: ${machineIds.join(', ')}
  --criterion NAME   what the paths cover: states, transitions, pairs (the default)
                     or walk:N, random walks of N events
  --runs N           the number of race schedules (default 2000)
  --seed N           the seed of random choices (default 1)
  --replay FILE      replay the trace of a failure
  --json             write reports/models/coverage.json
  --junit            write reports/models/junit.xml
  --help             this text`

const defaults: RunOptions = {
  machine: null,
  criterion: { kind: 'pairs' },
  runs: 2_000,
  seed: 1,
  replay: null,
  json: false,
  junit: false,
}

/** Parses the command line. @throws UsageError */
export function parseOptions(args: string[]): RunOptions & { help: boolean } {
  const { values } = parseCommandLine(args, {
    options: {
      machine: { type: 'string' },
      criterion: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string' },
      replay: { type: 'string' },
      json: { type: 'boolean' },
      junit: { type: 'boolean' },
    },
  })
  const options = {
    machine: values.machine === undefined ? null : parseMachine(values.machine),
    criterion:
      values.criterion === undefined ? defaults.criterion : parseCriterion(values.criterion),
    runs: values.runs === undefined ? defaults.runs : parseNumber('--runs', values.runs, 1),
    seed: values.seed === undefined ? defaults.seed : parseNumber('--seed', values.seed, 0),
    replay: values.replay ?? null,
    json: values.json ?? false,
    junit: values.junit ?? false,
  }
  if (options.replay !== null) readTrace(options.replay)
  return { ...options, help: values.help ?? false }
}

/** The options that the command passes to the tests; without the command, the defaults. */
export const currentOptions = (): RunOptions =>
  process.env.LECTERN_MODELS ? JSON.parse(process.env.LECTERN_MODELS) : defaults

/** Reads a trace of the current version of a machine. @throws UsageError */
export function readTrace(file: string): Trace {
  if (!existsSync(file)) throw new UsageError(`The trace file ${file} does not exist.`)
  const trace = traceSchema.safeParse(readJson(file))
  if (!trace.success) throw new UsageError(`${file} is not a trace of the model tests.`)
  const { machine, hash } = trace.data
  const { fingerprint } = readChart(models[parseMachine(machine)].machine)
  if (hash !== fingerprint) {
    throw new UsageError(
      `${file} is from another version of the machine ${machine}: ${hash}, but the current one is ${fingerprint}.`,
    )
  }
  return trace.data
}

function parseMachine(name: string): MachineId {
  const found = machineIds.find((id) => id === name)
  if (found) return found
  throw new UsageError(`Unknown machine ${name}. Available: ${machineIds.join(', ')}.`)
}

function parseCriterion(name: string): Criterion {
  if (name === 'states' || name === 'transitions' || name === 'pairs') return { kind: name }
  const [, length] = /^walk:([1-9]\d{0,5})$/.exec(name) ?? []
  if (length !== undefined) return { kind: 'walk', length: Number(length) }
  throw new UsageError(
    `Unknown criterion ${name}. Available: states, transitions, pairs and walk:N.`,
  )
}

function parseNumber(option: string, text: string, min: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= min) return Number(text)
  throw new UsageError(`${option} takes a whole number of at least ${min}, not ${text}.`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
