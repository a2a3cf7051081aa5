import { SimulatedClock } from 'xstate'
import type { Environment } from '#client/features/videos/videos.actors.ts'
import { framePainted, yieldToBrowser } from '#client/lib/frame.ts'

export type SimulatedTime = ReturnType<typeof simulateTime>

/** Creates an environment in which timeouts and backoffs advance only when the test says so. */
export function simulateTime() {
  const clock = new SimulatedClock()
  const waits = new Set<() => void>()
  const environment: Environment = {
    framePainted,
    yieldToBrowser,
    delay: (_milliseconds, signal) =>
      new Promise((resolve, reject) => {
        waits.add(resolve)
        signal.addEventListener('abort', () => {
          waits.delete(resolve)
          reject(signal.reason)
        })
      }),
    random: () => 1,
    pageId: '01900000-0000-7000-8000-00000000fa9e',
    actorOptions: { clock },
  }
  return {
    environment,
    pass: (milliseconds: number) => clock.increment(milliseconds),
    /** Ends the long waits between slow retries. */
    endSlowWaits() {
      for (const end of waits) end()
    },
  }
}
