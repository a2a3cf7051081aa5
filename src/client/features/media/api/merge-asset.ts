import type { QueryClient } from '@tanstack/react-query'
import { makeChange } from '#client/lib/changes.ts'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaMergeResult } from '#contract/media-merge.ts'

/** How often a merge is sent again while nothing is known of it. */
const retries = 5

/**
 * Removes an asset, and links its videos to another one of the same content.
 * @throws ProblemError if the server refuses it; NoResponseError if it does not answer
 */
export const mergeAsset = (
  queryClient: QueryClient,
  mediaId: string,
  into: string,
): Promise<MediaMergeResult> =>
  makeChange(
    queryClient,
    ['media', mediaId],
    { mediaId, into },
    {
      scope: { id: `media ${mediaId}` },
      send: () =>
        request('POST /api/media/{mediaId}/merge', { params: { mediaId }, body: { into } }),
      keep: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: queryKeys.allMedia }),
          queryClient.invalidateQueries({ queryKey: queryKeys.videoLists }),
        ]),
      retries,
    },
  )
