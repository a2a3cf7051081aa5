import { DetailedError, Upload } from 'tus-js-client'
import { notifyServerReachable } from '#client/lib/connection.ts'
import { NoResponseError, ProblemError, parseProblem, serverUrl } from '#client/lib/http.ts'
import type { SendFileInput } from '#machines/upload.machine.ts'

/**
 * Sends a file over tus: in one request if the server has none of it, otherwise from the server's
 * offset.
 * @param onProgress called with the number of bytes sent so far
 * @param signal stops the transfer; the promise then never settles
 * @throws ProblemError if the server refuses; NoResponseError if the connection is cut
 */
export function transferFile(
  file: File,
  { id, filename, mayBeKnown }: SendFileInput,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const endpoint = serverUrl('/api/uploads')
  const upload = new Upload(file, {
    endpoint,
    uploadUrl: mayBeKnown ? `${endpoint}/${id}` : null,
    metadata: { id, filename },
    uploadDataDuringCreation: true,
    // The upload's actor retries, and its id identifies the upload.
    retryDelays: null,
    storeFingerprintForResuming: false,
    onProgress,
    onSuccess: () => {
      notifyServerReachable()
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
    return new NoResponseError('The server didn’t respond', { cause: error })
  }
  const type = response.getHeader('content-type') ?? ''
  return new ProblemError(status, parseProblem(status, type, response.getBody()))
}
