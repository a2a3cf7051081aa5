import { createMachine } from 'xstate'

/** Transitions to oneself: internal, reentering, from a parent into itself, and from a child to its parent. */
export const selfTransitions = createMachine({
  id: 'self',
  initial: 'outer',
  on: { reset: '.outer', restart: { target: '#self', reenter: true } },
  states: {
    outer: {
      initial: 'a',
      on: { again: { target: 'outer', reenter: true }, inward: '.b', stay: { actions: 'note' } },
      states: {
        a: {
          on: { self: 'a', twice: { target: 'a', reenter: true }, up: '#self.outer', next: 'b' },
        },
        b: { on: { root: '#self', back: 'a' } },
      },
    },
  },
})
