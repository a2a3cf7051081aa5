import { HTTPException } from 'hono/http-exception'

const message = 'LECTERN_FAULTS cut the connection on purpose'
const inspect = Symbol.for('nodejs.util.inspect.custom')

/** Resolves after that many milliseconds, or at once when the signal aborts. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** Time for the bytes before a cut to be sent, in milliseconds. */
export const flushDelay = 20

/**
 * Aborts a body. Node's adapter prints the error: in one line here, since there is nothing to
 * debug.
 */
class BodyCut extends Error {
  [inspect] = () => message
}

/**
 * Ends a request without a response. Thrown while a body is read, it aborts that body; thrown
 * earlier, it becomes a response whose body aborts at once. The socket, if any, is destroyed.
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
