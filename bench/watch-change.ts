/** What a list shows once a change is painted. */
export interface Change {
  /** The event that makes the change. */
  event: 'keydown' | 'click'
  /** Of a `keydown`. */
  key?: string
  /** The list, by its accessible name. */
  list: string
  /** How many videos it holds. */
  count: number
  /** One of its mounted rows: its place, counted from 1, and its name. */
  row?: { place: number; name: string }
}

/**
 * Runs in the page: waits for the event, and resolves with the milliseconds from it to the first
 * frame that shows the change. It reads the list once the frame's time is taken.
 */
export function watchChange({ event, key, list, count, row }: Change): Promise<number> {
  function isShown(): boolean {
    if (document.querySelector('[role=dialog]')) return false
    const rows = [...document.querySelectorAll(`ul[aria-label="${list}"] > li`)]
    if (rows.some((one) => one.getAttribute('aria-setsize') !== String(count))) return false
    if (rows.length === 0) return count === 0
    if (!row) return true
    const shown = rows.find((one) => one.getAttribute('aria-posinset') === String(row.place))
    return shown?.getAttribute('aria-label') === row.name
  }

  return new Promise((resolve) => {
    const hear = (heard: Event) => {
      if (key !== undefined && (heard as KeyboardEvent).key !== key) return
      removeEventListener(event, hear, { capture: true })
      const look = () =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            const now = performance.now()
            if (isShown()) resolve(now - heard.timeStamp)
            else look()
          }
          port2.postMessage(undefined)
        })
      look()
    }
    addEventListener(event, hear, { capture: true })
  })
}
