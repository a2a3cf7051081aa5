import type { Scheduler } from 'fast-check'

/** Decides what happens next among everything that waits. */
export interface Schedule {
  /** Resolves when its turn comes; `label` names the turn in reports and replays. */
  turn: (label: string) => Promise<void>
  /** Takes turns until nothing waits, and runs `check` after each. */
  runAll: (check: () => void) => Promise<void>
  /** The labels of the turns so far. */
  order: readonly string[]
}

/** Flushes settled promises, including those of streams. */
const flushPromises = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Creates a schedule in the order of fast-check's scheduler. */
export function createExploringSchedule(scheduler: Scheduler): Schedule {
  const order: string[] = []
  return {
    order,
    turn: (label) =>
      scheduler.schedule(Promise.resolve(), label).then(() => void order.push(label)),
    async runAll(check) {
      await flushPromises()
      while (scheduler.count() > 0) {
        await scheduler.waitNext(1)
        await flushPromises()
        check()
      }
    },
  }
}

/**
 * Creates a schedule in a recorded order. Skips recorded turns that no longer occur; new ones run
 * as they come.
 */
export function createReplaySchedule(recorded: readonly string[]): Schedule {
  const order: string[] = []
  const waiting: { label: string; resume: () => void }[] = []
  const remaining = [...recorded]
  const takeNext = () => {
    while (remaining.length > 0) {
      const label = remaining.shift()
      const found = waiting.findIndex((candidate) => candidate.label === label)
      if (found >= 0) return waiting.splice(found, 1)[0]
    }
    return waiting.shift()
  }
  return {
    order,
    turn: (label) => new Promise((resume) => waiting.push({ label, resume })),
    async runAll(check) {
      await flushPromises()
      while (waiting.length > 0) {
        const next = takeNext()
        order.push(next?.label ?? '')
        next?.resume()
        await flushPromises()
        check()
      }
    },
  }
}
