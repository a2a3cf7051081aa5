import { and, not, or, setup, stateIn } from 'xstate'

/** Every kind of guard: named, with params, inline, and, or, not, stateIn. */
export const guards = setup({
  types: { events: {} as { type: 'go' } | { type: 'stop' }, context: {} as { tries: number } },
  guards: {
    isReady: () => true,
    isBelow: ({ context }, { limit }: { limit: number }) => context.tries < limit,
    isNew: () => false,
  },
}).createMachine({
  id: 'guards',
  context: { tries: 0 },
  type: 'parallel',
  states: {
    work: {
      initial: 'idle',
      states: {
        idle: {
          on: {
            go: [
              { guard: and(['isReady', not('isNew')]), target: 'running' },
              { guard: or(['isReady', { type: 'isBelow', params: { limit: 3 } }]), target: 'idle' },
              { guard: not(and(['isReady', or(['isNew', 'isReady'])])), target: 'running' },
              { guard: stateIn({ power: 'on' }), target: 'running' },
              { guard: stateIn('#guards.power.off'), target: 'running' },
              { guard: () => false, target: 'running' },
              { guard: ({ context }) => context.tries === 0, target: 'running' },
              { guard: { type: 'isBelow', params: () => ({ limit: 1 }) }, target: 'running' },
            ],
          },
        },
        running: { on: { stop: { guard: 'isNew', target: 'idle' } } },
      },
    },
    power: { initial: 'off', states: { off: { on: { go: 'on' } }, on: {} } },
  },
})
