export interface Press {
  /** The chapter's list, by its accessible name. */
  list: string
  /** How many videos the press adds. */
  added: number
  /** How many the list then holds. */
  count: number
  /** Go on watching until the links are settled, at the end of the list, where the last one stands. */
  untilSettled: boolean
}

/** In milliseconds since the press. */
export interface PressTimes {
  /** The first frame was painted in which the added rows fill the window. */
  painted: number
  /** The browser presented the first frame after the press, by Event Timing (multiples of 8); not always reported. */
  presented: number | null
  /** A frame was painted in which every mounted row, the list's last one with them, is linked. */
  settled: number
}

/**
 * Runs in the page: waits for the next click and watches the list. It looks after each frame, when the
 * frame's time has been taken, so that looking costs nothing that is measured.
 */
export function watchPress({ list, added, count, untilSettled }: Press): Promise<PressTimes> {
  const rows = () => [...document.querySelectorAll(`ul[aria-label="${list}"] > li`)]
  const numberIn = (row: Element | undefined, name: string) => Number(row?.getAttribute(name))

  function isPainted(): boolean {
    const all = rows()
    if (document.querySelector('[role=dialog]')) return false
    if (all.length === 0 || all.some((row) => numberIn(row, 'aria-setsize') !== count)) return false
    const box = all[0]?.parentElement?.getBoundingClientRect()
    const seen = all
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter((one) => one.box.bottom > 0 && one.box.top < innerHeight)
    const isAdded = seen.some(({ row }) => numberIn(row, 'aria-posinset') > count - added)
    const shown = seen.reduce((sum, one) => sum + one.box.height, 0)
    const top = Math.min(...seen.map((one) => one.box.top))
    const end = Math.min(box?.bottom ?? 0, innerHeight)
    return isAdded && top <= Math.max(box?.top ?? 0, 0) && top + shown >= end - 1
  }

  function isSettled(): boolean {
    const all = rows()
    const isWhole = numberIn(all.at(-1), 'aria-posinset') === count
    return isWhole && all.every((row) => row.getAttribute('data-status') === 'linked')
  }

  const afterPaint = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(undefined)
      })
    })

  async function paintedWhen(isDone: () => boolean): Promise<number> {
    for (;;) {
      const now = await afterPaint()
      if (isDone()) return now
    }
  }

  return new Promise((resolve) => {
    const follow = async (press: Event) => {
      const presented = presentedAfter(press)
      const painted = (await paintedWhen(isPainted)) - press.timeStamp
      if (untilSettled) scrollTo(0, document.documentElement.scrollHeight)
      const settled = untilSettled ? (await paintedWhen(isSettled)) - press.timeStamp : 0
      resolve({ painted, presented: await presented, settled })
    }
    addEventListener('click', (press) => void follow(press), { capture: true, once: true })
  })

  function presentedAfter(press: Event): Promise<number | null> {
    // TypeScript's own types don't know the threshold.
    const eventTiming: PerformanceObserverInit & { durationThreshold: number } = {
      type: 'event',
      durationThreshold: 16,
    }
    return new Promise((resolve) => {
      const observer = new PerformanceObserver((found) => {
        const entry = found
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
