import { setup } from 'xstate'

/** Eventless transitions, chained and without a target. */
export const always = setup({
  types: { context: {} as { score: number } },
  guards: { isHigh: ({ context }) => context.score > 9, isLow: ({ context }) => context.score < 3 },
  actions: { praise: () => {} },
}).createMachine({
  id: 'grading',
  context: { score: 0 },
  initial: 'choosing',
  states: {
    choosing: {
      always: [
        { guard: 'isHigh', target: 'high', actions: 'praise' },
        { guard: 'isLow', target: 'low' },
        'middle',
      ],
    },
    high: { always: { guard: 'isLow', target: 'choosing' } },
    middle: { always: { guard: 'isHigh', actions: 'praise' } },
    low: { type: 'final' },
  },
})
