import { onlineManager } from '@tanstack/react-query'

const slowRetry = 30_000
const waiting = new Set<() => void>()

/**
 * Notes that the server answered a request, which is worth a try for all that wait for a
 * connection.
 */
export function noteAnswer() {
  for (const resume of [...waiting]) resume()
}

/**
 * Resolves when a retry is worth it: at once while the browser is online, otherwise when it says
 * that it is, when another request is answered, or after half a minute. What the browser says is a
 * hint: the server may run on this machine.
 * @param isHopeless the request has failed so often that being online means nothing
 * @param delay resolves after so many ms, unless its signal aborts
 * @param signal aborts the wait, which then rejects
 */
export function connectionReady(
  isHopeless: boolean,
  delay: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (onlineManager.isOnline() && !isHopeless) return Promise.resolve()
  const over = new AbortController()
  return new Promise<void>((resolve, reject) => {
    waiting.add(resolve)
    const stop = onlineManager.subscribe((isOnline) => {
      if (isOnline) resolve()
    })
    over.signal.addEventListener('abort', () => {
      waiting.delete(resolve)
      stop()
    })
    signal.addEventListener('abort', () => reject(signal.reason), { signal: over.signal })
    delay(slowRetry, over.signal).then(resolve, () => {})
  }).finally(() => over.abort())
}
