import { onlineManager } from '@tanstack/react-query'

/** Resolves as soon as the browser has a connection; rejects when `signal` aborts. */
export function connectionReady(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (onlineManager.isOnline()) return resolve()
    const stop = onlineManager.subscribe((online) => {
      if (!online) return
      stop()
      resolve()
    })
    signal.addEventListener('abort', () => {
      stop()
      reject(signal.reason)
    })
  })
}
