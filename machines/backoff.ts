/**
 * The delay before try number `attempt + 1`, in ms: doubled each time, from half a second to eight.
 */
export function backoffAfter(attempt: number): number {
  return Math.min(500 * 2 ** Math.max(0, attempt - 1), 8_000)
}
