import { assign, cancel, emit, enqueueActions, log, raise, sendTo, setup, stopChild } from 'xstate'

/** Actions: named, with params, inline, and all of XState’s built-in ones. */
export const actions = setup({
  types: {
    context: {} as { count: number },
    events: {} as { type: 'do' } | { type: 'again' },
    emitted: {} as { type: 'told' },
  },
  actions: {
    save: () => {},
    report: (_, _params: { status: string }) => {},
  },
}).createMachine({
  id: 'actions',
  context: { count: 0 },
  entry: 'save',
  exit: [{ type: 'report', params: { status: 'over' } }],
  initial: 'first',
  states: {
    first: {
      entry: ['save', { type: 'report', params: { status: 'in' } }, assign({ count: 1 })],
      exit: [raise({ type: 'again' }), cancel('later')],
      on: {
        do: {
          target: 'second',
          actions: [
            enqueueActions(({ enqueue }) => enqueue('save')),
            sendTo('nobody', { type: 'do' }),
            emit({ type: 'told' }),
            stopChild('nobody'),
            log('told'),
            function inPlace() {},
            { type: 'report', params: ({ context }) => ({ status: `${context.count}` }) },
          ],
        },
        again: { actions: 'save', description: 'Stays where it is.' },
      },
    },
    second: {},
  },
})
