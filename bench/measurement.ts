import type { Browser } from 'playwright'
import type { Library } from './library.ts'

/** One row of the results: what was measured, how often and how it came out. */
export interface Measurement {
  what: string
  unit: 'ms' | 'kB' | '×'
  samples: number[]
  target?: Target
  /** Its median over that of what it is compared with in the same run. */
  ratio?: number
  note?: string
}

export type Statistic = 'median' | 'p95' | 'p98' | 'most'

export type Target = { of: Statistic } & ({ atMost: number } | { atLeast: number })

/** A side-by-side measurement; its contenders take turns in one run, so that they share the machine's mood. */
export interface Scenario {
  name: string
  title: string
  run: (bench: Bench) => Promise<Measurement[]>
}

/** What a scenario is given. */
export interface Bench {
  browser: Browser
  library: Library
  /** How many rounds to run where `usual` are meant; a quick run only shows that everything works. */
  rounds: (usual: number) => number
}

const shares: Record<Statistic, number> = { median: 0.5, p95: 0.95, p98: 0.98, most: 1 }

/** The nearest-rank percentile: a value that was measured, never one in between. */
export function statisticOf(samples: readonly number[], statistic: Statistic): number {
  const sorted = [...samples].sort((one, other) => one - other)
  const rank = Math.max(1, Math.ceil(shares[statistic] * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

export const medianOf = (samples: readonly number[]) => statisticOf(samples, 'median')

/** Tells whether the target is reached; `undefined` where there is none. */
export function isMet({ samples, target }: Measurement): boolean | undefined {
  if (!target) return undefined
  const reached = statisticOf(samples, target.of)
  return 'atMost' in target ? reached <= target.atMost : reached >= target.atLeast
}

/** The same measurement with its ratio to the one it is compared with. */
export const against = (base: Measurement, measurement: Measurement): Measurement => ({
  ...measurement,
  ratio: medianOf(measurement.samples) / medianOf(base.samples),
})

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
