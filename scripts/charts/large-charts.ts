import { type AnyStateMachine, createMachine } from 'xstate'

const list = <Item>(count: number, create: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => create(index))

/** A wizard: each step leads to the next and the previous one, and any may fail. */
export function createSteps(count: number): AnyStateMachine {
  const steps = list(count, (index) => {
    const next = index + 1 < count ? { NEXT: `step${index + 1}` } : {}
    const back = index > 0 ? { BACK: `step${index - 1}` } : {}
    return [`step${index}`, { on: { ...next, ...back, FAIL: 'failed' } }] as const
  })
  return createMachine({
    id: 'steps',
    initial: 'step0',
    states: { ...Object.fromEntries(steps), failed: {} },
  })
}

/** A ring of states, each with a jump over some of the others. */
export function createRing(count: number, jump: number): AnyStateMachine {
  const states = list(count, (index) => {
    const on = { NEXT: `s${(index + 1) % count}`, JUMP: `s${(index + jump) % count}` }
    return [`s${index}`, { on }] as const
  })
  return createMachine({ id: 'ring', initial: 's0', states: Object.fromEntries(states) })
}

/** One state from which all others are reached, and to which they return. */
export function createHub(leaves: number): AnyStateMachine {
  const on = Object.fromEntries(list(leaves, (index) => [`GO${index}`, `leaf${index}`]))
  const states = list(leaves, (index) => [`leaf${index}`, { on: { BACK: 'hub' } }] as const)
  return createMachine({
    id: 'hub',
    initial: 'hub',
    states: { hub: { on }, ...Object.fromEntries(states) },
  })
}
