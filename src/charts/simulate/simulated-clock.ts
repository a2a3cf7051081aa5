import { SimulatedClock } from 'xstate'

export interface SimulatedTimer {
  /** When it fires, in ms since the start. */
  due: number
}

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
    advance: (milliseconds: number) => clock.increment(milliseconds),
    now: () => clock.now(),
    timers: () => [...pending.values()].sort((a, b) => a.due - b.due),
  }
}
