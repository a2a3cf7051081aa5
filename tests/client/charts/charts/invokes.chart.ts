import { createMachine, fromCallback, fromObservable, fromPromise, setup } from 'xstate'

const child = createMachine({ id: 'child' })

/** Invokes: named and inline, several in one state, with and without done, error and snapshot. */
export const invokes = setup({
  actors: {
    load: fromPromise(async () => 1),
    ticks: fromObservable(() => ({ subscribe: () => ({ unsubscribe: () => {} }) })),
    listen: fromCallback(() => {}),
    child,
  },
  actions: {
    count: () => {},
  },
}).createMachine({
  id: 'invokes',
  initial: 'loading',
  invoke: { id: 'everywhere', src: 'listen' },
  states: {
    loading: {
      tags: ['busy', 'first'],
      invoke: [
        { id: 'load', src: 'load', onDone: 'ready', onError: { target: 'broken' } },
        { src: 'ticks', onSnapshot: { actions: 'count' }, onError: 'broken' },
      ],
    },
    ready: {
      invoke: { src: fromPromise(async () => 2), onDone: { target: 'loading', reenter: true } },
    },
    broken: { invoke: { id: 'child', systemId: 'the-child', src: 'child', onDone: 'ready' } },
  },
})
