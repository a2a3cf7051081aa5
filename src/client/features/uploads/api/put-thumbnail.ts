import { request } from '#client/lib/http.ts'

/**
 * Sets the thumbnail of an asset.
 * @throws ProblemError if the server rejects it; NoResponseError if there is no response
 */
export const putThumbnail = (mediaId: string, image: Blob): Promise<void> =>
  request('PUT /api/media/{mediaId}/thumbnail', { params: { mediaId }, body: image })
