import { createMachine } from 'xstate'

const names = ['a', 'b', 'c', 'd', 'e']
const others = (name: string) => names.filter((other) => other !== name)

/** Every state has a transition to every other: the worst case for a layout. */
export const dense = createMachine({
  id: 'dense',
  initial: 'a',
  states: Object.fromEntries(
    names.map((name) => [
      name,
      {
        on: Object.fromEntries(
          others(name).map((other) => [`${name} to ${other}`, { target: other, actions: 'move' }]),
        ),
      },
    ]),
  ),
})
