import { bootstrapInterval, computeMedian } from './measurement.ts'

/** A ratio of medians, and its 95 % interval from a bootstrap over the rounds. */
export interface Ratio {
  value: number
  low: number
  high: number
}

/**
 * Computes the ratio of two medians. Its interval comes from resampling the rounds, in which both
 * took turns.
 * @param numerators one sample per round
 * @param denominators those of the other contender, in the same order
 */
export function computeRatio(
  numerators: readonly number[],
  denominators: readonly number[],
  random: () => number = Math.random,
): Ratio {
  const [low, high] = bootstrapInterval(() => {
    const rounds = numerators.map(() => Math.floor(random() * numerators.length))
    const resample = (samples: readonly number[]) =>
      computeMedian(rounds.map((round) => samples[round] ?? Number.NaN))
    return resample(numerators) / resample(denominators)
  })
  return { value: computeMedian(numerators) / computeMedian(denominators), low, high }
}
