import { SimulatedClock } from 'xstate'

export interface SimulatedTimer {
  /** When it fires, in ms since the start. */
  due: number
}

/** How many times the timers may fire in one step, as they can start each other for ever. */
const maxFired = 1_000

/** Creates a clock that only `advance` moves, and that tracks its pending timers. */
export function createSimulatedClock() {
  const clock = new SimulatedClock()
  const pending = new Map<number, SimulatedTimer>()
  return {
    clock: {
      setTimeout: (callback: () => void, milliseconds: number) => {
        const id = clock.setTimeout(() => {
          pending.delete(id)
          callback()
        }, milliseconds)
        pending.set(id, { due: clock.now() + milliseconds })
        return id
      },
      clearTimeout: (id: number) => {
        pending.delete(id)
        clock.clearTimeout(id)
      },
    },
    /** Fires timers in order, also those that others start on the way, up to a limit. */
    advance(milliseconds: number) {
      const end = clock.now() + milliseconds
      for (let fired = 0; fired < maxFired; fired += 1) {
        const due = Math.min(...[...pending.values()].map((timer) => timer.due))
        if (due > end) break
        clock.increment(Math.max(0, due - clock.now()))
      }
      clock.increment(end - clock.now())
    },
    now: () => clock.now(),
    timers: () => [...pending.values()].sort((a, b) => a.due - b.due),
  }
}
