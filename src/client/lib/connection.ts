import { onlineManager } from '@tanstack/react-query'

const slowRetry = 30_000
const waiters = new Set<() => void>()

/** Records that the server has answered, and resumes every request that waits for a connection. */
export function notifyServerReachable() {
  for (const resume of [...waiters]) resume()
}

/**
 * Resolves when a retry is worthwhile: immediately while the browser is online, otherwise when it
 * comes online, when another request is answered, or after half a minute. The browser's state is
 * only a hint: the server may run on this machine.
 * @param hasFailedOften whether the request has failed too often to trust the browser
 * @param delay resolves after that many ms, or once its signal aborts
 * @param signal aborts the wait, which then rejects
 */
export function connectionReady(
  hasFailedOften: boolean,
  delay: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (onlineManager.isOnline() && !hasFailedOften) return Promise.resolve()
  const cleanup = new AbortController()
  return new Promise<void>((resolve, reject) => {
    waiters.add(resolve)
    const stop = onlineManager.subscribe((isOnline) => {
      if (isOnline) resolve()
    })
    cleanup.signal.addEventListener('abort', () => {
      waiters.delete(resolve)
      stop()
    })
    signal.addEventListener('abort', () => reject(signal.reason), { signal: cleanup.signal })
    delay(slowRetry, cleanup.signal).then(resolve, () => {})
  }).finally(() => cleanup.abort())
}
