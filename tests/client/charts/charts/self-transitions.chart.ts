import { createMachine } from 'xstate'

/** Self-transitions: internal, reentering, from a parent into itself, from a child to a parent. */
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
