import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaAsset, MediaFilter, MediaPage } from '#contract/media.ts'

export const pageSize = 120

/** All pages that are kept for a later start are asked for again then. */
const maxKeptPages = 5

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
    meta: {
      keep: ({ pages, pageParams }: InfiniteData<MediaPage>) => ({
        pages: pages.slice(0, maxKeptPages),
        pageParams: pageParams.slice(0, maxKeptPages),
      }),
    },
  })

/** The assets of all lists that are cached, each as it was loaded last. */
export function readListedMedia(queryClient: QueryClient): ReadonlyMap<string, MediaAsset> {
  const lists = queryClient
    .getQueryCache()
    .findAll({ queryKey: queryKeys.allMedia, predicate: ({ queryKey }) => isList(queryKey) })
    .toSorted((one, other) => one.state.dataUpdatedAt - other.state.dataUpdatedAt)
    // The key of a list says what it holds.
    .map(({ state }) => state.data as InfiniteData<MediaPage> | undefined)
  const media = lists.flatMap((list) => list?.pages.flatMap((page) => page.media) ?? [])
  return new Map(media.map((asset) => [asset.id, asset]))
}

const isList = ([, filter]: readonly unknown[]) => typeof filter === 'object'

export const useMedia = (filter: MediaFilter) => useInfiniteQuery(mediaQuery(filter))
