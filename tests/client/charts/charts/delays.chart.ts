import { raise, setup } from 'xstate'

/** Delays: named numbers, computed delays, and several in one state. */
export const delays = setup({
  types: { context: {} as { attempt: number } },
  delays: { patience: 90_000, backoff: ({ context }) => context.attempt * 100 },
  guards: { isTired: () => false },
  actions: { yawn: () => {} },
}).createMachine({
  id: 'delays',
  context: { attempt: 1 },
  initial: 'waiting',
  states: {
    waiting: {
      entry: raise({ type: 'ping' }, { delay: 'backoff', id: 'ping' }),
      after: {
        patience: [{ guard: 'isTired', target: 'over' }, { actions: 'yawn' }],
        backoff: 'waiting',
        0: 'over',
      },
      on: { ping: { reenter: true, target: 'waiting' } },
    },
    over: { type: 'final' },
  },
})
