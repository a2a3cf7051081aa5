import { ProblemError, request } from '#client/lib/http.ts'

/** Whether the library has the file of an upload. */
export async function isInLibrary(id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await request('GET /api/media/{mediaId}', { params: { mediaId: id }, signal })
    return true
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return false
    throw error
  }
}
