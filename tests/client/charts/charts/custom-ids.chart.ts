import { createMachine } from 'xstate'

/** States with custom ids, dots in keys, long names and other scripts. */
export const customIds = createMachine({
  id: '(the machine)',
  initial: 'Ünïcode state',
  states: {
    'Ünïcode state': {
      id: 'start',
      on: {
        'go to 北京': '#goal',
        'an event with a rather long name that nobody would choose': '#goal',
      },
    },
    'a state with a very long name, as people who draw charts by hand tend to write them': {
      id: 'goal',
      description: 'Long words too.',
      on: { back: '#start', '🙂': '#start' },
      meta: { owner: 'design', weight: 3 },
    },
  },
})
