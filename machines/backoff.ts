/** Returns the delay before attempt `attempt + 1`, in ms: it doubles from 500 ms up to 8 s. */
export function computeBackoff(attempt: number): number {
  return Math.min(500 * 2 ** Math.max(0, attempt - 1), 8_000)
}
