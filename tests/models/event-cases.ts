import type { AnyMachineSnapshot } from 'xstate'
import type { EventCase } from '../support/model.ts'

/** An event with a payload that may depend on the current snapshot. */
export const eventCase =
  (type: string, payloadFor: (snapshot: AnyMachineSnapshot) => object = () => ({})): EventCase =>
  (snapshot) => ({ type, ...payloadFor(snapshot) })

/** The invoked actor with this id completes. */
export const doneWith = (
  id: string,
  outputFor: (snapshot: AnyMachineSnapshot) => unknown = () => undefined,
): EventCase =>
  eventCase(`xstate.done.actor.${id}`, (snapshot) => ({ actorId: id, output: outputFor(snapshot) }))

/** The invoked actor with this id fails. */
export const failed = (id: string): EventCase =>
  eventCase(`xstate.error.actor.${id}`, () => ({ actorId: id, error: new Error(`${id} broke`) }))

/** A delay ends. The argument is the rest of the event's name: the delay and its state. */
export const timeOut = (delayAndState: string): EventCase =>
  eventCase(`xstate.after.${delayAndState}`)
