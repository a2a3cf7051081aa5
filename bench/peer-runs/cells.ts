import { UsageError } from '#scripts/command-line.mjs'
import { pickCounts } from '../library.ts'
import { drawLatency, meanLatency, randomFor } from './draw-fault.ts'
import { type Latency, type LayerName, latencies, type TransportName } from './page-contract.ts'

/** The conditions of a run. */
export interface Cell {
  /** How many videos are picked. */
  picks: number
  /** How many rows the list has beforehand. */
  rows: number
  latency: Latency
  /** The percentage of links that are refused. */
  refused: number
  /** By what factor the browser's processor is slowed down. */
  cpu: number
}

/** A layer over a transport. */
export interface Contender {
  /** Distinguishes a contender from the same one that runs again as the control. */
  name: string
  layer: LayerName
  transport: TransportName
}

const ranges = {
  picks: [1, 10, 50, 100, 200],
  rows: [0, 2000],
  latency: latencies,
  refused: [0, 5, 20],
  cpu: [1, 4],
} as const

/** The values that a part of a cell may have. */
const allowed: Record<keyof Cell, readonly (string | number)[]> = { ...ranges, picks: pickCounts }

const defaultCell: Cell = { picks: 50, rows: 0, latency: 'fixed', refused: 5, cpu: 1 }

/** By default: many picks into an empty list, and some into a long one, with more refusals. */
export const defaultCells: readonly Cell[] = [
  defaultCell,
  { ...defaultCell, picks: 20, rows: 2000, latency: 'log-normal', refused: 20 },
]

/** Every combination of the values. */
export function listAllCells(): Cell[] {
  const cells: Cell[] = []
  for (const cpu of ranges.cpu)
    for (const rows of ranges.rows)
      for (const latency of ranges.latency)
        for (const refused of ranges.refused)
          for (const picks of ranges.picks) cells.push({ picks, rows, latency, refused, cpu })
  return cells
}

/**
 * Parses a cell such as `picks=20,rows=2000`; parts that are left out have their defaults.
 * @throws UsageError
 */
export function parseCell(text: string): Cell {
  const parts = text.split(',').map((part) => {
    const [name = '', value = ''] = part.trim().split('=')
    if (!isPart(name)) {
      throw new UsageError(
        `Unknown part “${name}” of --only. Available: ${Object.keys(ranges).join(', ')}.`,
      )
    }
    const found = allowed[name].find((choice) => String(choice) === value)
    if (found === undefined) {
      throw new UsageError(
        `--only: ${name} must be one of ${allowed[name].join(', ')}, not “${value}”.`,
      )
    }
    return [name, found]
  })
  return { ...defaultCell, ...Object.fromEntries(parts) }
}

const isPart = (name: string): name is keyof Cell => Object.hasOwn(ranges, name)

/** Formats a cell as `parseCell` accepts it. */
export const formatCell = (cell: Cell): string =>
  Object.entries(cell)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')

/** A browser opens no more connections to a server over HTTP/1.1. */
const maxConnections = 6

/** How long a run takes besides its links, in ms: chapter, page, typing and quiet time. */
const overhead = 3500

/** Estimates how long a run takes, in ms, without the processor's own work. */
export const estimateRun = (cell: Cell, contender: Pick<Contender, 'layer' | 'transport'>) =>
  overhead + cell.rows + estimateLinks(cell, contender)

/** Estimates how long a run's links take, in ms. */
export function estimateLinks(
  { picks, latency }: Cell,
  { layer, transport }: Pick<Contender, 'layer' | 'transport'>,
): number {
  const mean = meanLatency[latency]
  if (layer === 'one-by-one') return picks * mean
  const random = randomFor(1, picks)
  const longest = Math.max(...Array.from({ length: picks }, () => drawLatency(latency, random)))
  return Math.max(longest, transport === 'fetch' ? Math.ceil(picks / maxConnections) * mean : 0)
}
