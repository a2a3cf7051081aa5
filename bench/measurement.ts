import type { Browser } from 'playwright'
import { seededRandom } from '#shared/random.ts'
import type { Library } from './library.ts'

/** One row of the results. */
export interface Measurement {
  label: string
  unit: 'ms' | 'B' | 'kB' | 'MiB' | 'MB/s' | 'links/s' | '×'
  samples: number[]
  target?: Target
  /** Its median divided by that of the measurement it is compared with. */
  ratio?: number
  note?: string
}

export type Statistic = 'median' | 'p95' | 'p98' | 'max'

export type Target = { statistic: Statistic } & ({ atMost: number } | { atLeast: number })

/**
 * Compares contenders side by side: they take turns in one run, so that other load on the machine
 * affects all of them.
 */
export interface Scenario {
  name: string
  title: string
  run: (bench: Bench) => Promise<Measurement[]>
}

/** What every scenario receives. */
export interface Bench {
  browser: Browser
  library: Library
  /** The number of rounds to run; `--quick` and `--rounds` override the scenario's default. */
  rounds: (defaultRounds: number) => number
}

const ranks: Record<Statistic, number> = { median: 0.5, p95: 0.95, p98: 0.98, max: 1 }

/** The nearest-rank percentile: always one of the samples. */
export function computeStatistic(samples: readonly number[], statistic: Statistic): number {
  return computePercentile(samples, ranks[statistic])
}

/** The nearest-rank percentile of a share from 0 to 1; `NaN` without samples. */
export function computePercentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

export const computeMedian = (samples: readonly number[]) => computeStatistic(samples, 'median')

/** Whether a target is met; `noise` if the samples differ too much to tell. */
export type Verdict = 'yes' | 'NO' | 'noise'

/**
 * Judges a measurement by the 95 % interval of its statistic, from a bootstrap. The same samples
 * always give the same verdict.
 * @returns `undefined` without a target
 */
export function judgeTarget({ samples, target }: Measurement): Verdict | undefined {
  if (!target) return undefined
  const { statistic } = target
  const isMet = (value: number) =>
    'atMost' in target ? value <= target.atMost : value >= target.atLeast
  const random = seededRandom(1)
  const pick = () => samples[Math.floor(random() * samples.length)] ?? Number.NaN
  const [low, high] = bootstrapInterval(() => computeStatistic(samples.map(pick), statistic))
  if (isMet(low) !== isMet(high)) return 'noise'
  return isMet(low) ? 'yes' : 'NO'
}

const resamples = 2000

/**
 * Computes a 95 % interval by a bootstrap.
 * @param draw computes the statistic of a resample
 */
export function bootstrapInterval(draw: () => number): readonly [low: number, high: number] {
  const values = Array.from({ length: resamples }, draw)
  return [computePercentile(values, 0.025), computePercentile(values, 0.975)]
}

/** Adds the ratio to the measurement that this one is compared with. */
export const compareTo = (base: Measurement, measurement: Measurement): Measurement => ({
  ...measurement,
  ratio: computeMedian(measurement.samples) / computeMedian(base.samples),
})

/** Measures how many milliseconds `work` takes. */
export async function measureTime(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/**
 * Runs every contender once per round. Each goes first in turn, since a contender pays for the tabs
 * and garbage of the previous one.
 */
export async function takeTurns<Contender>(
  rounds: number,
  contenders: readonly Contender[],
  act: (contender: Contender) => Promise<void>,
) {
  for (let round = 0; round < rounds; round++) {
    const first = round % contenders.length
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      await act(contender)
    }
  }
}
