/** Resolves once the frame that shows the present state has been painted; at once in a page that is or gets hidden, and so paints none. */
export function framePainted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'hidden') return resolve()
    const settled = new AbortController()
    const settle = () => {
      settled.abort()
      resolve()
    }
    requestAnimationFrame(() => void nextTask().then(settle))
    document.addEventListener('visibilitychange', settle, { signal: settled.signal })
  })
}

/** Resolves in a task of its own, so that input and painting come first. */
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
