import type { QueryClient } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Captions, CaptionsType } from '#contract/captions.ts'
import { makeAssetChange } from './make-asset-change.ts'

/**
 * Uploads captions for an asset, replacing any that it has in the same language.
 * @throws ProblemError if the server rejects them; NoResponseError if there is no response
 */
export const putCaptions = (
  queryClient: QueryClient,
  mediaId: string,
  { language, type, file }: { language: string; type: CaptionsType; file: File },
): Promise<Captions> =>
  makeAssetChange(queryClient, mediaId, {
    send: () =>
      request('PUT /api/media/{mediaId}/captions/{language}', {
        params: { mediaId, language },
        body: new Blob([file], { type }),
      }),
    applyResponse: () => invalidateAsset(queryClient, mediaId),
  })

/** Removes the captions of one language. */
export const removeCaptions = (
  queryClient: QueryClient,
  mediaId: string,
  language: string,
): Promise<void> =>
  makeAssetChange(queryClient, mediaId, {
    send: () =>
      request('DELETE /api/media/{mediaId}/captions/{language}', {
        params: { mediaId, language },
      }),
    applyResponse: () => invalidateAsset(queryClient, mediaId),
  })

const invalidateAsset = (queryClient: QueryClient, mediaId: string) =>
  queryClient.invalidateQueries({ queryKey: queryKeys.asset(mediaId) })
