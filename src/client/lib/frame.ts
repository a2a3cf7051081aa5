/**
 * Resolves after the next paint, or once the signal aborts. A hidden page paints no frames: there
 * it resolves at once, and in a page that becomes hidden as soon as it does.
 */
export function framePainted(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'hidden' || signal?.aborted) return resolve()
    const listener = new AbortController()
    const settle = () => {
      listener.abort()
      cancelAnimationFrame(frame)
      resolve()
    }
    const frame = requestAnimationFrame(() => void nextTask().then(settle))
    document.addEventListener('visibilitychange', settle, { signal: listener.signal })
    signal?.addEventListener('abort', settle, { signal: listener.signal })
  })
}

/** Resolves in a new task, which lets input and painting go first. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
