import { queryOptions } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/**
 * The assets with the same content as one that has just come into the library. They are asked for
 * once, and apart from what changes with the library: of many uploads, each has such a query.
 */
export const duplicatesQuery = (mediaId: string) =>
  queryOptions({
    queryKey: queryKeys.duplicates(mediaId),
    queryFn: async ({ signal }) =>
      (await request('GET /api/media/{mediaId}', { params: { mediaId }, signal })).duplicates,
    staleTime: Number.POSITIVE_INFINITY,
  })
