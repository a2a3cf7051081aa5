import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/**
 * The assets with the same content as one that was just uploaded. They are fetched once. The key is
 * outside the library's: each of many uploads has such a query, and a change of the library must
 * not refetch them all.
 */
export const duplicatesQuery = (mediaId: string) =>
  queryOptions({
    queryKey: queryKeys.duplicates(mediaId),
    queryFn: async ({ signal }) =>
      (await request('GET /api/media/{mediaId}', { params: { mediaId }, signal })).duplicates,
    staleTime: Number.POSITIVE_INFINITY,
  })
