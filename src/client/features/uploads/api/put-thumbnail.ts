import { NoResponseError, ProblemError, parseProblem, serverUrl } from '#client/lib/http.ts'

/**
 * Gives an asset of the library its thumbnail.
 * @throws ProblemError if the server does not take it; NoResponseError if it does not answer
 */
export async function putThumbnail(mediaId: string, image: Blob): Promise<void> {
  const response = await fetch(serverUrl(`/api/media/${mediaId}/thumbnail`), {
    method: 'PUT',
    headers: { 'content-type': image.type },
    body: image,
  }).catch((cause: unknown) => {
    throw new NoResponseError('The server did not answer', { cause })
  })
  if (response.ok) return
  const type = response.headers.get('content-type') ?? ''
  throw new ProblemError(
    response.status,
    parseProblem(response.status, type, await response.text()),
  )
}
