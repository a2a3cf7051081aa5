import { createMachine } from 'xstate'

/** Six levels, with transitions that cross them in both directions. */
export const deep = createMachine({
  id: 'deep',
  initial: 'one',
  states: {
    one: {
      initial: 'two',
      on: { leave: 'outside' },
      states: {
        two: {
          initial: 'three',
          states: {
            three: {
              initial: 'four',
              on: { jump: '#deep.one.sibling' },
              states: {
                four: {
                  initial: 'five',
                  states: { five: { on: { out: '#deep.outside', up: '#deep.one.two' } }, six: {} },
                },
              },
            },
          },
        },
        sibling: { on: { dive: '#deep.one.two.three.four.six' } },
      },
    },
    outside: { on: { plunge: '#deep.one.two.three.four.five' } },
  },
})
