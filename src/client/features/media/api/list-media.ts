import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaFilter } from '#contract/media.ts'

export const pageSize = 120

export const mediaQuery = (filter: MediaFilter) =>
  infiniteQueryOptions({
    queryKey: queryKeys.media(filter),
    queryFn: ({ pageParam, signal }) =>
      request('GET /api/media', {
        query: { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

export const useMedia = (filter: MediaFilter) => useInfiniteQuery(mediaQuery(filter))
