import {
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  assign,
  setup,
} from 'xstate'

/** A stub of a spawned child: records its input and events, and does nothing by itself. */
export const silentChild = setup({
  types: {
    input: {} as unknown,
    context: {} as { input: unknown; received: AnyEventObject[] },
  },
  actions: {
    record: assign({ received: ({ context, event }) => [...context.received, event] }),
  },
}).createMachine({
  context: ({ input }) => ({ input, received: [] }),
  on: { '*': { actions: 'record' } },
})

/** The inputs and received events of an actor's silent children, by their ids. */
export function readSilentChildren({ children }: AnyMachineSnapshot) {
  const silent = Object.entries<AnyActorRef>(children).flatMap(([id, child]) => {
    const context = child.getSnapshot()?.context
    return context?.received ? [[id, context] as const] : []
  })
  return Object.fromEntries(silent)
}
