import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaSort } from '#contract/media.ts'

const pageSize = 120

export const mediaQuery = (query: { search: string; sort: MediaSort }) =>
  infiniteQueryOptions({
    queryKey: queryKeys.media(query),
    queryFn: ({ pageParam, signal }) =>
      request('GET /api/media', {
        query: { ...query, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
