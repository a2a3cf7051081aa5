/**
 * Runs `act` in a moment in which the page has nothing else to do, at the latest after `timeout`
 * ms.
 * @returns a function that calls it off
 */
export function whenIdle(act: () => void, timeout?: number): () => void {
  // Safari has no idle callbacks; there, a pause has to do.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(act, 100)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(act, timeout === undefined ? {} : { timeout })
  return () => cancelIdleCallback(request)
}
