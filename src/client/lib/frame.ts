/**
 * Resolves after the next paint, or once the signal aborts. A hidden page paints no frames, so this
 * also resolves as soon as the page is hidden.
 */
export function framePainted(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'hidden' || signal?.aborted) return resolve()
    const listeners = new AbortController()
    const settle = () => {
      listeners.abort()
      cancelAnimationFrame(frame)
      resolve()
    }
    const frame = requestAnimationFrame(() => void yieldToBrowser().then(settle))
    document.addEventListener('visibilitychange', settle, { signal: listeners.signal })
    signal?.addEventListener('abort', settle, { signal: listeners.signal })
  })
}

/** Resolves in a new task, so that input and painting go first. */
export function yieldToBrowser(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
