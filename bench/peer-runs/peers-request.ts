import { UsageError } from '#scripts/command-line.mjs'
import {
  type Cell,
  type Contender,
  defaultCells,
  estimateRun,
  formatCell,
  listAllCells,
  parseCell,
} from './cells.ts'
import { type LayerName, layers, type TransportName, transports } from './page-contract.ts'

/** The options of `npm run bench -- peers` besides those of all scenarios. */
export const peersOptions = {
  only: { type: 'string', multiple: true },
  contenders: { type: 'string', multiple: true },
  full: { type: 'boolean' },
  seed: { type: 'string' },
  patience: { type: 'string' },
  out: { type: 'string' },
} as const

const defaultRounds = 3
const fullRounds = 20
const defaultPatience = 60
const defaultSeed = 1

export const peersUsage = `npm run bench -- peers [options]

Compares Lectern's way of adding many videos with others: ${layers.slice(1).join(', ')}.
Each is a page of its own over Lectern's server, and its links reach the server by one of several
transports: ${transports.join(', ')}. See docs/benchmarks.md.

  --only CELL        what to run: picks, rows, latency, refused (%) and cpu (times slower), such as
                     picks=50,rows=2000,latency=log-normal,refused=5,cpu=4; may be repeated; default:
                     ${defaultCells.map(formatCell).join('\n                     ')}
  --contenders NAMES layers, or layers over a transport, such as rtk-query,tanstack-db/h2; Lectern
                     always runs. Default: all, over fetch and batch
  --rounds N         N runs of each; default ${defaultRounds}, and ${fullRounds} with --full
  --quick            1 round
  --full             all ${listAllCells().length} cells and all transports; takes weeks: add --only or
                     --contenders to run a part of it
  --patience SECONDS leave out runs that would take longer, and say so; default ${defaultPatience}
  --seed N           for latencies, refusals, times and the order of contenders; default ${defaultSeed}
  --out FOLDER       write peers.json, peers.md and report.html there; by default bench/results and
                     bench/report.html, unless --only, --contenders, --rounds or --quick select a part

Results are written after each round, so that an interrupted run keeps what it has. The command
fails if Lectern misses a target that the noise can decide.`

export interface PeersCommand {
  only?: string[]
  contenders?: string[]
  full?: boolean
  seed?: string
  patience?: string
  out?: string
  rounds?: string
  quick?: boolean
}

/** What to compare. */
export interface PeersRequest {
  cells: readonly Cell[]
  /** Lectern as it is shipped comes first, then the same again as the control. */
  contenders: readonly Contender[]
  rounds: number
  seed: number
  /** Longer runs are left out; in ms. */
  patience: number
  /** Where to write the results; `undefined` for nowhere, and 'results' for the default folder. */
  out: string | undefined
}

/** Parses the options of `npm run bench -- peers`. @throws UsageError */
export function readPeersRequest(command: PeersCommand): PeersRequest {
  const { only = [], full = false, quick = false, out } = command
  const names = (command.contenders ?? []).flatMap((list) => list.split(','))
  const cells = full ? listAllCells() : defaultCells
  const isPart = only.length + names.length > 0 || quick || command.rounds !== undefined
  const standardRounds = full ? fullRounds : defaultRounds
  return {
    cells: only.length > 0 ? only.map(parseCell) : cells,
    contenders: listContenders(names, full),
    rounds: readNumber('rounds', command.rounds, quick ? 1 : standardRounds),
    seed: readNumber('seed', command.seed, defaultSeed),
    patience: 1000 * readNumber('patience', command.patience, defaultPatience),
    out: out ?? (isPart ? undefined : 'results'),
  }
}

function readNumber(option: string, text: string | undefined, defaultValue: number): number {
  if (text === undefined) return defaultValue
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`--${option} takes a whole number of at least 1, not ${text}.`)
}

const shipped = { layer: 'lectern', transport: 'batch' } as const

/** Lists Lectern as it is shipped, the control, and those that are named. */
function listContenders(names: readonly string[], isFull: boolean): Contender[] {
  const defaultTransports = isFull ? transports : (['fetch', 'batch'] as const)
  const named = (names.length > 0 ? names : layers).flatMap((name) =>
    parseContender(name, defaultTransports),
  )
  const others = named.filter(({ name }) => name !== 'lectern/batch')
  return [
    { name: 'lectern/batch', ...shipped },
    { name: 'control: lectern/batch again', ...shipped },
    ...new Map(others.map((contender) => [contender.name, contender])).values(),
  ]
}

function parseContender(name: string, defaultTransports: readonly TransportName[]): Contender[] {
  const [layer = '', transport, ...rest] = name.split('/')
  if (!isOneOf(layers, layer) || rest.length > 0) {
    throw new UsageError(`Unknown contender ${name}. Available: ${layers.join(', ')}.`)
  }
  if (transport !== undefined && !isOneOf(transports, transport)) {
    throw new UsageError(`Unknown transport ${transport}. Available: ${transports.join(', ')}.`)
  }
  const possible = transportsFor(layer)
  if (transport !== undefined && !possible.includes(transport)) {
    throw new UsageError(`${layer} sends one link at a time, so it runs only over fetch or h2.`)
  }
  const chosen =
    transport === undefined
      ? defaultTransports.filter((candidate) => possible.includes(candidate))
      : [transport]
  return chosen.map((choice) => ({ name: `${layer}/${choice}`, layer, transport: choice }))
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name)

/** Sending one link at a time gains nothing from a batch. */
const transportsFor = (layer: LayerName): readonly TransportName[] =>
  layer === 'one-by-one' ? ['fetch', 'h2'] : transports

/** Estimates how long a request takes, in ms, without the runs that its patience leaves out. */
export function estimateRequest({ cells, contenders, rounds, patience }: PeersRequest): number {
  const times = cells.flatMap((cell) => contenders.map((contender) => estimateRun(cell, contender)))
  const run = times.filter((time) => time <= patience)
  return rounds * run.reduce((sum, time) => sum + time, 0)
}
