/**
 * Runs in the page: follows so many keys and gives, for each, the milliseconds from its press to the next
 * paint. That is until the next frame was painted or, where it is longer and the browser reports it,
 * until that frame was presented, by Event Timing (multiples of 8).
 */
export function watchTyping(keys: number): Promise<number[]> {
  // TypeScript's own types don't know the threshold.
  const eventTiming: PerformanceObserverInit & { durationThreshold: number } = {
    type: 'event',
    durationThreshold: 16,
  }
  const times = new Map<number, number>()
  const keep = (pressedAt: number, time: number) => {
    times.set(pressedAt, Math.max(time, times.get(pressedAt) ?? 0))
  }

  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntriesByName('keydown')) {
      keep(startTime, duration)
    }
  })
  observer.observe(eventTiming)

  const timeToPaint = ({ timeStamp }: KeyboardEvent) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => keep(timeStamp, performance.now() - timeStamp)
      port2.postMessage(undefined)
    })
  addEventListener('keydown', timeToPaint, { capture: true })

  return new Promise((resolve) => {
    const finish = () => {
      observer.disconnect()
      removeEventListener('keydown', timeToPaint, { capture: true })
      resolve([...times.values()])
    }
    let released = 0
    addEventListener(
      'keyup',
      () => {
        released += 1
        // Event Timing reports late.
        if (released === keys) setTimeout(finish, 1000)
      },
      { capture: true },
    )
  })
}
