import { createMachine } from 'xstate'

/** Nested completion of compound states, with output. */
export const finalStates = createMachine({
  id: 'order',
  initial: 'paying',
  output: 'done',
  states: {
    paying: {
      initial: 'card',
      onDone: [{ guard: () => true, target: 'shipping' }, { target: 'failed' }],
      states: {
        card: {
          initial: 'number',
          onDone: 'paid',
          states: { number: { on: { enter: 'valid' } }, valid: { type: 'final' } },
        },
        paid: { type: 'final', output: 1 },
      },
    },
    shipping: { on: { arrive: 'complete' } },
    failed: { type: 'final' },
    complete: { type: 'final' },
  },
})
