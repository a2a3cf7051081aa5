import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

/**
 * Generates keys for a batch of videos or chapters between two neighbours, in order. Each batch
 * gets a narrow range of its own, chosen at random, so that pages that add at the same place at the
 * same time neither share keys nor interleave: the chance that two ranges coincide is 1 in 2^30.
 * @param after the key before the batch; `null` for none
 * @param before the key after it; `null` for none
 * @param count how many keys
 * @param random a source of randomness, like `Math.random`
 * @returns keys of the `fractional-indexing` package, about 7 characters long if there is room
 */
export function createBatchKeys(
  after: string | null,
  before: string | null,
  count: number,
  random: () => number,
): string[] {
  let low = after
  let high = before ?? keyAfter(keyAfter(after))
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = generateKeyBetween(low, high)
    if (random() < 0.5) high = middle
    else low = middle
  }
  return generateNKeysBetween(low, high, count)
}

const halvings = 30

const keyAfter = (key: string | null) => generateKeyBetween(key, null)
