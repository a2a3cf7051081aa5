import { CodeError } from '#client/lib/fetch-code.ts'
import { describeError, isFinal, NoResponseError, ProblemError } from '#client/lib/http.ts'
import { createProblem, type Problem, problemSchema } from '#contract/problem.ts'
import type { FileEvent, SendFileInput } from '#machines/upload.machine.ts'
import { findFile } from '../kept-files.ts'
import { isInLibrary } from './is-in-library.ts'

/** Loads the tus client on demand. */
export const loadTransfer = () => import('./transfer-file.ts')

/** The interval between progress reports, in ms. */
const progressInterval = 250

/**
 * Sends a file, resuming from what the server already has, and reports its progress.
 * @returns a function that stops it; the server keeps what it has
 */
export function sendFile(input: SendFileInput, onEvent: (event: FileEvent) => void): () => void {
  const stopped = new AbortController()
  const emit = (event: FileEvent) => {
    if (!stopped.signal.aborted) onEvent(event)
  }

  async function send(): Promise<void> {
    const file = findFile(input.id)
    if (file) await sendBytes(file)
    else if (!(await isInLibrary(input.id, stopped.signal))) return emit({ type: 'file.missing' })
    emit({ type: 'file.received' })
  }

  async function sendBytes(file: File): Promise<void> {
    const { transferFile } = await loadTransfer()
    let reportedAt = Number.NEGATIVE_INFINITY
    await transferFile(file, input, stopped.signal, (sentBytes) => {
      const at = performance.now()
      if (sentBytes < input.sizeBytes && at - reportedAt < progressInterval) return
      reportedAt = at
      emit({ type: 'file.progressed', sentBytes, at })
    })
  }

  send().catch((error: unknown) => emit(describeFailure(error)))
  return () => stopped.abort()
}

function describeFailure(error: unknown): FileEvent {
  if (error instanceof CodeError && error.isFinal) {
    return { type: 'file.refused', problem: createProblem('unexpected', error.message) }
  }
  if (error instanceof ProblemError && isRefusal(error)) {
    return { type: 'file.refused', problem: strip(error.problem) }
  }
  const hasNoResponse =
    error instanceof NoResponseError || (error instanceof CodeError && error.cause !== undefined)
  return { type: 'file.interrupted', failure: hasNoResponse ? null : describeError(error) }
}

/** A resumed upload asks for the offset, which corrects a wrong one; a full disk needs a person. */
const isRefusal = (error: ProblemError) =>
  error.status === 507 || (isFinal(error) && error.status !== 409)

/** Drops the problem's other members: a machine's context holds only what the schema knows. */
const strip = (problem: Problem): Problem => problemSchema.parse(problem)
