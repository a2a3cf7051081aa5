import { fetchCode } from '#client/lib/fetch-code.ts'
import { isolate } from '#shared/isolate.ts'
import type { RenameResult, RenameWork } from './rename.worker.ts'
import workerUrl from './rename.worker.ts?worker&url'

/** How long an expression may take for one name, and for all of them, in ms. */
const maxNameTime = 1_000
const maxTime = 5_000

/** Time for a page that was busy itself to receive what the worker has already sent, in ms. */
const gracePeriod = 50

/** An expression that could not be run to completion. The message is for the user. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
}

/** Preloads the worker's code. */
export const fetchRenameWorker = () => fetchCode([workerUrl])

/**
 * Renames in a worker, which can be terminated: an expression such as `(a+)+b` may practically
 * never finish, and would freeze the page.
 * @returns the new names, one for each
 * @throws ExpressionError if it takes too long; CodeError if the worker can't be fetched
 */
export async function renameInWorker(work: RenameWork, signal: AbortSignal): Promise<string[]> {
  await fetchRenameWorker()
  signal.throwIfAborted()
  const worker = new Worker(workerUrl, { type: 'module' })
  try {
    return await collectNames(worker, work, signal)
  } finally {
    worker.terminate()
  }
}

/** Time counts from when the worker has started, which may take a while on a busy machine. */
function collectNames(worker: Worker, work: RenameWork, signal: AbortSignal): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>()
  const renamed: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let deadline = Number.POSITIVE_INFINITY

  function watch() {
    clearTimeout(timer)
    const time = Math.min(maxNameTime, deadline - performance.now())
    timer = setTimeout(() => {
      timer = setTimeout(stop, gracePeriod, 'This expression takes too long')
    }, time)
  }

  /** Rejects with the reason, and the name that the worker is at. */
  function stop(reason: string) {
    const name = work.filenames[renamed.length] ?? ''
    reject(new ExpressionError(`${reason} on “${isolate(name)}”. Change it.`))
  }

  worker.addEventListener('message', ({ data }: MessageEvent<RenameResult>) => {
    if (data.kind === 'started') deadline = performance.now() + maxTime
    else renamed.push(data.filename)
    if (renamed.length === work.filenames.length) resolve(renamed)
    else watch()
  })
  worker.addEventListener('error', ({ message }) => {
    // For example a stack overflow in the engine.
    if (deadline < Number.POSITIVE_INFINITY) stop('This expression caused an error')
    else reject(new Error(message))
  })
  signal.addEventListener('abort', () => reject(signal.reason))
  worker.postMessage(work)
  return promise.finally(() => clearTimeout(timer))
}
