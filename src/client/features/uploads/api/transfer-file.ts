import { DetailedError, Upload } from 'tus-js-client'
import { noteAnswer } from '#client/lib/connection.ts'
import { NoResponseError, ProblemError, parseProblem, serverUrl } from '#client/lib/http.ts'
import type { SendFileInput } from '#machines/upload.machine.ts'

/**
 * Sends a file by tus, in one request if the server has none of it, else from where it has it.
 * @param tell called with the number of bytes that were sent
 * @param signal stops it, and leaves the promise open
 * @throws ProblemError if the server refuses; NoResponseError if the connection is cut
 */
export function transferFile(
  file: File,
  { id, filename, mayBeKnown }: SendFileInput,
  signal: AbortSignal,
  tell: (sentBytes: number) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const endpoint = serverUrl('/api/uploads')
  const upload = new Upload(file, {
    endpoint,
    uploadUrl: mayBeKnown ? `${endpoint}/${id}` : null,
    metadata: { id, filename },
    uploadDataDuringCreation: true,
    // The upload's actor tries again, and its id says which upload it is.
    retryDelays: null,
    storeFingerprintForResuming: false,
    onProgress: tell,
    onSuccess: () => {
      noteAnswer()
      resolve()
    },
    onError: (error) => reject(toError(error)),
  })
  signal.addEventListener('abort', () => void upload.abort())
  if (!signal.aborted) upload.start()
  return promise
}

function toError(error: Error | DetailedError): Error {
  const response = error instanceof DetailedError ? error.originalResponse : null
  const status = response?.getStatus() ?? 0
  if (!response || status === 0) {
    return new NoResponseError('The server did not answer', { cause: error })
  }
  const type = response.getHeader('content-type') ?? ''
  return new ProblemError(status, parseProblem(status, type, response.getBody()))
}
