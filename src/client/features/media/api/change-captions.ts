import type { QueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Captions, CaptionsType } from '#contract/captions.ts'

/**
 * Uploads captions for an asset, replacing any that it has in the same language.
 * @throws ProblemError if the server rejects them; NoResponseError if it does not answer
 */
export async function putCaptions(
  queryClient: QueryClient,
  mediaId: string,
  { language, type, file }: { language: string; type: CaptionsType; file: File },
): Promise<Captions> {
  const captions = await request('PUT /api/media/{mediaId}/captions/{language}', {
    params: { mediaId, language },
    body: new Blob([file], { type }),
  })
  await invalidateAsset(queryClient, mediaId)
  return captions
}

/** Removes the captions of one language. */
export async function removeCaptions(
  queryClient: QueryClient,
  mediaId: string,
  language: string,
): Promise<void> {
  await request('DELETE /api/media/{mediaId}/captions/{language}', {
    params: { mediaId, language },
  })
  await invalidateAsset(queryClient, mediaId)
}

const invalidateAsset = (queryClient: QueryClient, mediaId: string) =>
  queryClient.invalidateQueries({ queryKey: queryKeys.asset(mediaId) })
