import { createMachine } from 'xstate'

/** Timers: in milliseconds and with a name. */
export const trafficLight = createMachine({
  id: 'light',
  description: 'A light that goes round.',
  initial: 'red',
  states: {
    red: { description: 'Stop.', after: { 30000: { target: 'green', description: 'Go.' } } },
    green: { after: { 500: 'yellow' } },
    yellow: { after: { shortly: { target: 'red', reenter: true }, 120000: 'red' } },
  },
})
