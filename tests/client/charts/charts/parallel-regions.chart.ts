import { createMachine } from 'xstate'

/** Nested parallel states, with several targets at once and an exit when all regions are done. */
export const parallelRegions = createMachine({
  id: 'editor',
  initial: 'editing',
  states: {
    editing: {
      type: 'parallel',
      onDone: { target: 'closed', description: 'Every region is done.' },
      on: {
        reset: { target: ['.bold.off', '.list.kind.none'] },
        close: '#editor.closed',
      },
      states: {
        bold: {
          initial: 'off',
          states: {
            off: { on: { toggle: 'on' } },
            on: { on: { toggle: 'off', end: 'done' } },
            done: { type: 'final' },
          },
        },
        list: {
          type: 'parallel',
          states: {
            kind: {
              initial: 'none',
              states: { none: { on: { dots: 'dots' } }, dots: { on: { none: 'none' } } },
            },
            depth: {
              initial: 'flat',
              states: { flat: { on: { indent: 'deep' } }, deep: { type: 'final' } },
            },
          },
        },
      },
    },
    closed: { type: 'final' },
  },
})
