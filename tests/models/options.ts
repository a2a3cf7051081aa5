import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chartOf } from '#charts/chart-model.ts'
import { type Trace, traceSchema } from '#charts/model-reports/model-reports.ts'
import type { Criterion } from './criteria.ts'
import { type MachineId, machineIds, models } from './models.ts'

/** What a run of the model tests was asked for. */
export interface RunOptions {
  /** Only this machine; all machines and the races without it. */
  machine: MachineId | null
  criterion: Criterion
  /** How many race schedules. */
  runs: number
  seed: number
  /** The trace file to run again instead. */
  replay: string | null
  json: boolean
  junit: boolean
}

/** The command line asks for something that is not there; the message says what, in a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `npm run test:models -- [options]

  --machine NAME     only this machine: ${machineIds.join(', ')}
  --criterion NAME   what the paths go through: states, transitions, pairs (the default)
                     or walk:N, random walks of N events
  --runs N           how many schedules of races to try (default 2000)
  --seed N           what random choices are made from (default 1)
  --replay FILE      run the trace of a failure again
  --json             write reports/models/coverage.json
  --junit            write reports/models/junit.xml
  --help             this text`

const defaults: RunOptions = {
  ...{ machine: null, criterion: { kind: 'pairs' }, runs: 2_000, seed: 1 },
  ...{ replay: null, json: false, junit: false },
}

/** Reads the command line. @throws UsageError */
export function readOptions(args: string[]): RunOptions & { help: boolean } {
  const given = parse(args)
  const options = {
    machine: given.machine === undefined ? null : machineIn(given.machine),
    criterion: given.criterion === undefined ? defaults.criterion : criterionIn(given.criterion),
    runs: given.runs === undefined ? defaults.runs : numberIn('--runs', given.runs, 1),
    seed: given.seed === undefined ? defaults.seed : numberIn('--seed', given.seed, 0),
    replay: given.replay ?? null,
    json: given.json ?? false,
    junit: given.junit ?? false,
  }
  if (options.replay !== null) readTrace(options.replay)
  return { ...options, help: given.help ?? false }
}

/** The options that the command hands to the tests; the defaults where they run without it. */
export const currentOptions = (): RunOptions =>
  process.env.LECTERN_MODELS ? JSON.parse(process.env.LECTERN_MODELS) : defaults

/** Reads a trace of a machine as it is now. @throws UsageError */
export function readTrace(file: string): Trace {
  if (!existsSync(file)) throw new UsageError(`There is no trace file ${file}.`)
  const trace = traceSchema.safeParse(jsonIn(file))
  if (!trace.success) throw new UsageError(`${file} is not a trace of the model tests.`)
  const { machine, hash } = trace.data
  const { fingerprint } = chartOf(models[machineIn(machine)].machine)
  if (hash !== fingerprint) {
    throw new UsageError(
      `${file} is of another version of the machine ${machine}: ${hash}, and it is ${fingerprint} now.`,
    )
  }
  return trace.data
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const flag = { type: 'boolean' } as const
    return parseArgs({
      args,
      options: {
        ...{ machine: text, criterion: text, runs: text, seed: text, replay: text },
        ...{ json: flag, junit: flag, help: flag },
      },
    }).values
  } catch (error) {
    const [reason] = (error as Error).message.split('. ')
    throw new UsageError(`${reason?.replace(/\.$/, '')}. See --help.`)
  }
}

function machineIn(name: string): MachineId {
  const found = machineIds.find((id) => id === name)
  if (found) return found
  throw new UsageError(`There is no machine ${name}; there are ${machineIds.join(', ')}.`)
}

function criterionIn(name: string): Criterion {
  if (name === 'states' || name === 'transitions' || name === 'pairs') return { kind: name }
  const [, length] = /^walk:([1-9]\d{0,5})$/.exec(name) ?? []
  if (length !== undefined) return { kind: 'walk', length: Number(length) }
  throw new UsageError(
    `There is no criterion ${name}; there are states, transitions, pairs and walk:N.`,
  )
}

function numberIn(option: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
  throw new UsageError(`${option} takes a whole number from ${least} on, not ${text}.`)
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
