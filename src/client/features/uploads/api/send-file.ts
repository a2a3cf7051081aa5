import { isFinal, ProblemError, request } from '#client/lib/http.ts'
import { type Problem, problemSchema } from '#contract/problem.ts'
import type { FileEvent, SendFileInput } from '#machines/upload.machine.ts'
import { findFile } from '../kept-files.ts'

/** Loads the code that speaks tus. */
export const loadTransfer = () => import('./transfer-file.ts')

/** How often the progress of a file is told, in ms. */
const progressInterval = 250

/**
 * Sends a file from where the server has it, and says how it goes.
 * @returns a function that stops it; the server keeps what it has
 */
export function sendFile(input: SendFileInput, hear: (event: FileEvent) => void): () => void {
  const stopped = new AbortController()
  const say = (event: FileEvent) => {
    if (!stopped.signal.aborted) hear(event)
  }

  async function send(): Promise<void> {
    const file = findFile(input.id)
    if (file) await sendBytes(file)
    else if (!(await isInLibrary(input.id, stopped.signal))) return say({ type: 'file.missing' })
    say({ type: 'file.received' })
  }

  async function sendBytes(file: File): Promise<void> {
    const { transferFile } = await loadTransfer()
    let toldAt = Number.NEGATIVE_INFINITY
    await transferFile(file, input, stopped.signal, (sentBytes) => {
      const at = performance.now()
      if (sentBytes < input.sizeBytes && at - toldAt < progressInterval) return
      toldAt = at
      say({ type: 'file.progressed', sentBytes, at })
    })
  }

  send().catch((error: unknown) => say(describeFailure(error)))
  return () => stopped.abort()
}

/** After a reload the server may have it all, and nobody need choose the file again. */
async function isInLibrary(id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await request('GET /api/media/{mediaId}', { params: { mediaId: id }, signal })
    return true
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return false
    throw error
  }
}

function describeFailure(error: unknown): FileEvent {
  if (!(error instanceof ProblemError)) return { type: 'file.interrupted' }
  const { problem } = error
  return isRefusal(error)
    ? { type: 'file.refused', problem: strip(problem) }
    : { type: 'file.interrupted' }
}

/** A wrong offset is put right by asking for it; a full disk needs a person. */
const isRefusal = (error: ProblemError) =>
  error.status === 507 || (isFinal(error) && error.status !== 409)

/** A machine's context holds what is known of a problem, and nothing more. */
const strip = (problem: Problem): Problem => problemSchema.parse(problem)
