import { request } from '#client/lib/http.ts'
import { tusVersion } from '#contract/uploads.ts'

/** Removes from the server what it has of an upload; none at all is fine. */
export const cancelUpload = (id: string, signal: AbortSignal): Promise<void> =>
  request('DELETE /api/uploads/{uploadId}', {
    params: { uploadId: id },
    headers: { 'tus-resumable': tusVersion },
    signal,
  })
