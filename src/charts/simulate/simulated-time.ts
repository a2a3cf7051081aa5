import { SimulatedClock } from 'xstate'

export interface SimulatedTimer {
  /** When it goes off, in ms since the start. */
  due: number
}

/** A clock that stands still until it is moved, and knows which timers wait. */
export function createSimulatedTime() {
  const clock = new SimulatedClock()
  const waiting = new Map<number, SimulatedTimer>()
  return {
    clock: {
      setTimeout: (run: () => void, milliseconds: number) => {
        const id = clock.setTimeout(() => {
          waiting.delete(id)
          run()
        }, milliseconds)
        waiting.set(id, { due: clock.now() + milliseconds })
        return id
      },
      clearTimeout: (id: number) => {
        waiting.delete(id)
        clock.clearTimeout(id)
      },
    },
    advance: (milliseconds: number) => clock.increment(milliseconds),
    now: () => clock.now(),
    timers: () => [...waiting.values()].sort((a, b) => a.due - b.due),
  }
}
