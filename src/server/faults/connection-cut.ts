import type { Wait } from '../dependencies.ts'

/** Thrown, it ends the request without an answer. */
export class ConnectionCut extends Error {
  constructor() {
    super('The connection was cut on purpose')
    this.name = 'ConnectionCut'
  }
}

// So long the bytes before a cut have to leave, in milliseconds.
const flushing = 20

/** Makes a body break off: whoever reads it meets an error, and a socket under it is destroyed. */
export async function breakOff(controller: ReadableStreamDefaultController, wait: Wait) {
  await wait(flushing)
  controller.error(new ConnectionCut())
}

/** A response that breaks off before its first byte. */
export const severedResponse = (wait: Wait) =>
  new Response(new ReadableStream({ pull: (controller) => breakOff(controller, wait) }))
