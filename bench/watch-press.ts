export interface Press {
  /** The chapter's list, by its accessible name. */
  list: string
  /** How many videos the press adds. */
  added: number
  /** How many videos the list holds afterwards. */
  count: number
  /** Keep watching until the links are settled, at the end of the list, where the last one is. */
  untilSettled: boolean
}

/** In milliseconds since the press. */
export interface PressTimes {
  /** When the first frame was painted in which the added rows fill the window. */
  painted: number
  /**
   * When the first frame after the press was presented, by Event Timing (a multiple of 8); not
   * always reported.
   */
  presented: number | null
  /**
   * When a frame was painted in which every mounted row is linked, the list's last one included.
   */
  settled: number
}

/**
 * Runs in the page: waits for the next click and watches the list. It reads the list after each
 * frame, once the frame's time has been taken, so that reading does not affect the measurement.
 */
export function watchPress({ list, added, count, untilSettled }: Press): Promise<PressTimes> {
  const rows = () => [...document.querySelectorAll(`ul[aria-label="${list}"] > li`)]
  const readNumber = (row: Element | undefined, name: string) => Number(row?.getAttribute(name))

  function isPainted(): boolean {
    const all = rows()
    if (document.querySelector('[role=dialog]')) return false
    if (all.length === 0 || all.some((row) => readNumber(row, 'aria-setsize') !== count))
      return false
    const box = all[0]?.parentElement?.getBoundingClientRect()
    const visible = all
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter((item) => item.box.bottom > 0 && item.box.top < innerHeight)
    const showsAdded = visible.some(({ row }) => readNumber(row, 'aria-posinset') > count - added)
    const height = visible.reduce((sum, item) => sum + item.box.height, 0)
    const top = Math.min(...visible.map((item) => item.box.top))
    const end = Math.min(box?.bottom ?? 0, innerHeight)
    return showsAdded && top <= Math.max(box?.top ?? 0, 0) && top + height >= end - 1
  }

  function isSettled(): boolean {
    const all = rows()
    const showsLast = readNumber(all.at(-1), 'aria-posinset') === count
    return showsLast && all.every((row) => row.getAttribute('data-status') === 'linked')
  }

  const afterPaint = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(undefined)
      })
    })

  async function waitForPaint(isDone: () => boolean): Promise<number> {
    for (;;) {
      const now = await afterPaint()
      if (isDone()) return now
    }
  }

  return new Promise((resolve) => {
    const handlePress = async (press: Event) => {
      const presented = readPresented(press)
      const painted = (await waitForPaint(isPainted)) - press.timeStamp
      if (untilSettled) scrollTo(0, document.documentElement.scrollHeight)
      const settled = untilSettled ? (await waitForPaint(isSettled)) - press.timeStamp : 0
      resolve({ painted, presented: await presented, settled })
    }
    addEventListener('click', (press) => void handlePress(press), { capture: true, once: true })
  })

  function readPresented(press: Event): Promise<number | null> {
    // TypeScript's DOM types lack the threshold.
    const eventTiming: PerformanceObserverInit & { durationThreshold: number } = {
      type: 'event',
      durationThreshold: 16,
    }
    return new Promise((resolve) => {
      const observer = new PerformanceObserver((entries) => {
        const entry = entries
          .getEntriesByName('click')
          .find(({ startTime }) => startTime === press.timeStamp)
        if (entry) resolve(entry.duration)
      })
      observer.observe(eventTiming)
      setTimeout(() => {
        observer.disconnect()
        resolve(null)
      }, 1000)
    })
  }
}
