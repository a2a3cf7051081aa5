/** What a list shows once a change is painted. */
export interface Change {
  /** The event that makes the change. */
  event: 'keydown' | 'click'
  /** The key of a `keydown`. */
  key?: string
  /** The list, by its accessible name. */
  list: string
  /** How many videos it holds. */
  count: number
  /** One of its mounted rows: its place, counted from 1, and its name. */
  row?: { place: number; name: string }
}

/**
 * Runs in the page: waits for the event, and resolves with the milliseconds from it to the paint of
 * the first frame that shows the change. If that is the next frame, the time is the browser's own
 * measurement, a multiple of 8 ms (https://www.w3.org/TR/event-timing/).
 */
export function watchChange({ event, key, list, count, row }: Change): Promise<number> {
  function isShown(): boolean {
    if (document.querySelector('[role=dialog]')) return false
    const rows = [...document.querySelectorAll(`ul[aria-label="${list}"] > li`)]
    if (rows.some((item) => item.getAttribute('aria-setsize') !== String(count))) return false
    if (rows.length === 0) return count === 0
    if (!row) return true
    const shown = rows.find((item) => item.getAttribute('aria-posinset') === String(row.place))
    return shown?.getAttribute('aria-label') === row.name
  }

  /** The browser doesn't report shorter events, in ms. */
  const shortest = 16

  /** Resolves with the time from an event to the next paint. */
  function readDuration(input: Event): Promise<number> {
    return new Promise((resolve) => {
      const finish = (duration: number) => {
        observer.disconnect()
        clearTimeout(timer)
        resolve(duration)
      }
      const observer = new PerformanceObserver((entries) => {
        const entry = entries.getEntries().find(({ startTime }) => startTime === input.timeStamp)
        if (entry) finish(entry.duration)
      })
      observer.observe({ type: 'event', durationThreshold: shortest, buffered: true } as never)
      const timer = setTimeout(() => finish(shortest), 1_000)
    })
  }

  return new Promise((resolve) => {
    const handleInput = (input: Event) => {
      if (key !== undefined && (input as KeyboardEvent).key !== key) return
      removeEventListener(event, handleInput, { capture: true })
      const checkNextFrame = () =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            const now = performance.now()
            if (isShown()) resolve(now - input.timeStamp)
            else checkNextFrame()
          }
          port2.postMessage(undefined)
        })
      requestAnimationFrame(() => (isShown() ? resolve(readDuration(input)) : checkNextFrame()))
    }
    addEventListener(event, handleInput, { capture: true })
  })
}
