import { HTTPException } from 'hono/http-exception'

const message = 'LECTERN_FAULTS cut the connection on purpose'
const inspect = Symbol.for('nodejs.util.inspect.custom')

/** Resolves after so many milliseconds, or at once when the signal aborts. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** Time for the bytes before a cut to leave, in milliseconds. */
export const flushDelay = 20

/**
 * Breaks off a body. Node's adapter prints what does; this is one line, as there is nothing to
 * find.
 */
class BodyCut extends Error {
  [inspect] = () => message
}

/**
 * Ends a request without an answer. Thrown while a body is read, it breaks the body off; thrown
 * before that, it is answered with a body that breaks off at once. A socket under it is destroyed.
 */
export class ConnectionCut extends HTTPException {
  [inspect] = () => message

  constructor(wait: Wait) {
    const body = new ReadableStream({
      async pull(controller) {
        await wait(flushDelay)
        controller.error(new BodyCut(message))
      },
    })
    super(500, { message, res: new Response(body) })
    this.name = 'ConnectionCut'
  }
}
