import { request } from '#client/lib/http.ts'

/**
 * Gives an asset of the library its thumbnail.
 * @throws ProblemError if the server does not take it; NoResponseError if it does not answer
 */
export const putThumbnail = (mediaId: string, image: Blob): Promise<void> =>
  request('PUT /api/media/{mediaId}/thumbnail', { params: { mediaId }, body: image })
