import { createMachine } from 'xstate'

/** History: shallow and deep, without a default, and with a default by key, path or id. */
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
          states: { first: { on: { next: 'second' } }, second: { id: 'second' } },
        },
        recent: { type: 'history' },
        exact: { type: 'history', history: 'deep', target: 'body' },
        byPath: { type: 'history', target: 'body.first' },
        byId: { type: 'history', target: '#second' },
      },
    },
  },
})
