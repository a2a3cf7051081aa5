import { createMachine } from 'xstate'

/** History: shallow, deep, with a default and without. */
export const history = createMachine({
  id: 'player',
  initial: 'stopped',
  states: {
    stopped: { on: { resume: 'playing.recent', resumeDeep: 'playing.exact' } },
    playing: {
      initial: 'intro',
      on: { stop: 'stopped' },
      states: {
        intro: { on: { next: 'body' } },
        body: {
          initial: 'first',
          states: { first: { on: { next: 'second' } }, second: {} },
        },
        recent: { type: 'history' },
        exact: { type: 'history', history: 'deep', target: 'body' },
      },
    },
  },
})
