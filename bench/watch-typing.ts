/**
 * Runs in the page: follows `keyCount` keys and resolves with the milliseconds from each press to
 * the next paint: until the next frame was painted or, where that is longer and the browser reports
 * it, until that frame was presented, by Event Timing (a multiple of 8).
 */
export function watchTyping(keyCount: number): Promise<number[]> {
  // TypeScript's DOM types lack the threshold.
  const eventTiming: PerformanceObserverInit & { durationThreshold: number } = {
    type: 'event',
    durationThreshold: 16,
  }
  const times = new Map<number, number>()
  const record = (pressedAt: number, time: number) => {
    times.set(pressedAt, Math.max(time, times.get(pressedAt) ?? 0))
  }

  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntriesByName('keydown')) {
      record(startTime, duration)
    }
  })
  observer.observe(eventTiming)

  const measureNextPaint = ({ timeStamp }: KeyboardEvent) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => record(timeStamp, performance.now() - timeStamp)
      port2.postMessage(undefined)
    })
  addEventListener('keydown', measureNextPaint, { capture: true })

  return new Promise((resolve) => {
    const finish = () => {
      observer.disconnect()
      removeEventListener('keydown', measureNextPaint, { capture: true })
      resolve([...times.values()])
    }
    let released = 0
    addEventListener(
      'keyup',
      () => {
        released += 1
        // Event Timing reports with a delay.
        if (released === keyCount) setTimeout(finish, 1000)
      },
      { capture: true },
    )
  })
}
