import { seededRandom } from '#shared/random.ts'
import { computeRatio, type Ratio } from '../ratio.ts'
import type { Cell, Contender } from './cells.ts'
import type { RunResult } from './run-once.ts'

/** A contender's runs, one for each round; `null` for one that failed. */
export type Runs = readonly (RunResult | null)[]

/** The measurements of a cell's contenders. */
export interface CellResult {
  cell: Cell
  /** One run for each round, `null` for one that failed; Lectern as it is shipped comes first. */
  contenders: { contender: Contender; runs: (RunResult | null)[] }[]
  /** Contenders that would take longer than `patience`, and their estimates, in ms. */
  skipped: { contender: Contender; estimate: number }[]
  failures: { contender: string; round: number; message: string }[]
}

/** The samples of the runs that did not fail. */
export const readSamples = (runs: Runs, measure: keyof RunResult): number[] =>
  runs.flatMap((run) => (run ? [run[measure]] : []))

/** Compares the rounds that both have. The same runs always give the same interval. */
export function compareRuns(runs: Runs, baseRuns: Runs, measure: keyof RunResult): Ratio {
  const pairs = runs.flatMap((run, round) => {
    const baseRun = baseRuns[round]
    return run && baseRun ? [{ value: run[measure], base: baseRun[measure] }] : []
  })
  return computeRatio(
    pairs.map(({ value }) => value),
    pairs.map(({ base }) => base),
    seededRandom(1),
  )
}
