/**
 * Runs `act` when the page is idle, at the latest after `timeout` ms.
 * @returns a function that cancels it
 */
export function whenIdle(act: () => void, timeout?: number): () => void {
  // Safari has no idle callbacks, so use a fixed delay there.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(act, 100)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(act, timeout === undefined ? {} : { timeout })
  return () => cancelIdleCallback(request)
}
