import { createMachine } from 'xstate'

const names = ['a', 'b', 'c', 'd', 'e']
const others = (name: string) => names.filter((other) => other !== name)

/** Every state leads to every other one: the worst that a layout gets. */
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
