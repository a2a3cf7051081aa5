import { HTTPException } from 'hono/http-exception'

/** Resolves after so many milliseconds, or at once when the signal aborts. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** Time for the bytes before a cut to leave, in milliseconds. */
export const flushDelay = 20

/**
 * Ends a request without an answer. Thrown while a body is read, it breaks the body off; thrown before
 * that, it is answered with a body that breaks off at once. A socket under it is destroyed.
 */
export class ConnectionCut extends HTTPException {
  constructor(wait: Wait) {
    const body = new ReadableStream({
      async pull(controller) {
        await wait(flushDelay)
        controller.error(new Error('The connection was cut on purpose'))
      },
    })
    super(500, { message: 'The connection was cut on purpose', res: new Response(body) })
    this.name = 'ConnectionCut'
  }
}
