import type { Scheduler } from 'fast-check'

/** Decides what happens next among all that waits. */
export interface Schedule {
  /** Resolves when its turn has come; `label` names it in reports and in a replay. */
  turn: (label: string) => Promise<void>
  /** Runs until nothing waits; after each turn, `check` must hold. */
  runAll: (check: () => void) => Promise<void>
  /** The labels of the turns so far. */
  order: readonly string[]
}

/** Lets the promises that are settled by now be heard, streams' among them. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** In the order that fast-check's scheduler makes. */
export function exploring(scheduler: Scheduler): Schedule {
  const order: string[] = []
  return {
    order,
    turn: (label) =>
      scheduler.schedule(Promise.resolve(), label).then(() => void order.push(label)),
    async runAll(check) {
      await settled()
      while (scheduler.count() > 0) {
        await scheduler.waitNext(1)
        await settled()
        check()
      }
    },
  }
}

/** In a recorded order. What the code does not do any more is passed over; what is new comes as it is made. */
export function replaying(recorded: readonly string[]): Schedule {
  const order: string[] = []
  const waiting: { label: string; go: () => void }[] = []
  const left = [...recorded]
  const next = () => {
    while (left.length > 0) {
      const label = left.shift()
      const found = waiting.findIndex((one) => one.label === label)
      if (found >= 0) return waiting.splice(found, 1)[0]
    }
    return waiting.shift()
  }
  return {
    order,
    turn: (label) => new Promise((go) => waiting.push({ label, go })),
    async runAll(check) {
      await settled()
      while (waiting.length > 0) {
        const one = next()
        order.push(one?.label ?? '')
        one?.go()
        await settled()
        check()
      }
    },
  }
}
