import { createMachine } from 'xstate'

/** Full and partial wildcards, and a forbidden event. */
export const wildcards = createMachine({
  id: 'wildcards',
  initial: 'watching',
  on: { '*': { target: '.lost', description: 'Anything else.' } },
  states: {
    watching: { on: { 'mouse.*': 'active', 'mouse.click.left': 'active', ignored: undefined } },
    active: { on: { '*': 'watching', 'key.down': {} } },
    lost: {},
  },
})
