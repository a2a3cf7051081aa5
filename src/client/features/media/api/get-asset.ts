import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { ProblemError, request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaAsset } from '#contract/media.ts'
import { readListedMedia } from './list-media.ts'

export const assetQuery = (mediaId: string) =>
  queryOptions({
    queryKey: queryKeys.asset(mediaId),
    queryFn: ({ signal }) => request('GET /api/media/{mediaId}', { params: { mediaId }, signal }),
    meta: { keep: (asset: unknown) => asset },
  })

/** An asset, and where it is used. */
export const useAsset = (mediaId: string) => useQuery(assetQuery(mediaId))

/** Reads assets from the cached lists, or else from the server; skips those that don't exist. */
export async function readAssets(
  queryClient: QueryClient,
  ids: readonly string[],
): Promise<MediaAsset[]> {
  const listed = readListedMedia(queryClient)
  const assets = await Promise.all(ids.map((id) => listed.get(id) ?? findAsset(queryClient, id)))
  return assets.filter((asset) => asset !== undefined)
}

async function findAsset(queryClient: QueryClient, id: string): Promise<MediaAsset | undefined> {
  try {
    return await queryClient.fetchQuery(assetQuery(id))
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return undefined
    throw error
  }
}
