import { ProblemError, request } from '#client/lib/http.ts'
import { isProblemKind } from '#contract/problem.ts'
import { tusVersion } from '#contract/uploads.ts'

/**
 * Removes whatever the server has of an upload, if anything. If the upload has finished in the
 * meantime, its asset is removed from the library.
 */
export async function cancelUpload(id: string, signal: AbortSignal): Promise<void> {
  try {
    await request('DELETE /api/uploads/{uploadId}', {
      params: { uploadId: id },
      headers: { 'tus-resumable': tusVersion },
      signal,
    })
  } catch (error) {
    if (!(error instanceof ProblemError && isProblemKind(error.problem, 'upload-finished')))
      throw error
    await request('DELETE /api/media/{mediaId}', { params: { mediaId: id }, signal })
  }
}
