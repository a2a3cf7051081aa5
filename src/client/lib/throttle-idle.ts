import { throttle } from '#shared/throttle.ts'
import { whenIdle } from './when-idle.ts'

/**
 * Throttles `run` as `throttle` does, and then waits until the page is idle.
 * @param milliseconds calls within this time share a single run
 * @param maxIdleDelay how long it then waits for an idle page at most, in ms
 * @returns the throttled function; its `cancel` drops the pending run
 */
export function throttleIdle(run: () => void, milliseconds: number, maxIdleDelay: number) {
  let stopWaiting: (() => void) | undefined
  const throttled = throttle(() => {
    // A wait in progress covers later calls: to begin it again would starve a busy page.
    stopWaiting ??= whenIdle(() => {
      stopWaiting = undefined
      run()
    }, maxIdleDelay)
  }, milliseconds)
  return Object.assign(() => throttled(), {
    cancel() {
      throttled.cancel()
      stopWaiting?.()
    },
  })
}
