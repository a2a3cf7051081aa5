import { queryOptions, useQuery } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

export const assetQuery = (mediaId: string) =>
  queryOptions({
    queryKey: queryKeys.asset(mediaId),
    queryFn: ({ signal }) => request('GET /api/media/{mediaId}', { params: { mediaId }, signal }),
  })

/** An asset with where it is used. */
export const useAsset = (mediaId: string) => useQuery(assetQuery(mediaId))
