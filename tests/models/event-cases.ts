import type { AnyMachineSnapshot } from 'xstate'
import type { EventCase } from '../support/model.ts'

/** An event that somebody sends, with a payload that may depend on the snapshot it meets. */
export const eventCase =
  (type: string, payloadFor: (snapshot: AnyMachineSnapshot) => object = () => ({})): EventCase =>
  (snapshot) => ({ type, ...payloadFor(snapshot) })

/** The invoked actor of this id answers. */
export const doneWith = (
  id: string,
  outputFor: (snapshot: AnyMachineSnapshot) => unknown = () => undefined,
): EventCase =>
  eventCase(`xstate.done.actor.${id}`, (snapshot) => ({ actorId: id, output: outputFor(snapshot) }))

/** The invoked actor of this id rejects. */
export const failed = (id: string): EventCase =>
  eventCase(`xstate.error.actor.${id}`, () => ({ actorId: id, error: new Error(`${id} broke`) }))

/** A delay is over: the rest of the event's name, which is the delay's and the state's. */
export const timeOut = (delayAndState: string): EventCase =>
  eventCase(`xstate.after.${delayAndState}`)
