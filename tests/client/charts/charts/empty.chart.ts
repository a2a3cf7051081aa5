import { createMachine } from 'xstate'

/** A machine with neither states nor events. */
export const empty = createMachine({ id: 'empty' })
