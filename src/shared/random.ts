/**
 * Creates a generator of numbers from 0 (inclusive) to 1 (exclusive) that yields the same sequence
 * for the same seed. Not cryptographically secure. Source: mulberry32, by Tommy Ettinger.
 * @param seed a 32-bit integer
 */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
