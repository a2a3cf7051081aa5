import { computeMedian, computePercentile } from './measurement.ts'

/** A ratio of medians, and the 95 % interval that a bootstrap over the rounds gives it. */
export interface Ratio {
  value: number
  low: number
  high: number
}

const resamples = 2000

/**
 * The ratio of two medians; its interval comes from resampling the rounds, in which both took
 * turns.
 * @param ones a sample of each round
 * @param others the other's, in the same order
 */
export function computeRatio(
  ones: readonly number[],
  others: readonly number[],
  random: () => number = Math.random,
): Ratio {
  const ratios = Array.from({ length: resamples }, () => {
    const rounds = ones.map(() => Math.floor(random() * ones.length))
    const pick = (samples: readonly number[]) =>
      computeMedian(rounds.map((round) => samples[round] ?? Number.NaN))
    return pick(ones) / pick(others)
  })
  return {
    value: computeMedian(ones) / computeMedian(others),
    low: computePercentile(ratios, 0.025),
    high: computePercentile(ratios, 0.975),
  }
}
