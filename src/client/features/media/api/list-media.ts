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

/** The most pages to persist: the next visit refetches every persisted page. */
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

/** The assets of all cached lists, each as it was last loaded. */
export function readListedMedia(queryClient: QueryClient): ReadonlyMap<string, MediaAsset> {
  const lists = queryClient
    .getQueryCache()
    .findAll({ queryKey: queryKeys.allMedia, predicate: ({ queryKey }) => isList(queryKey) })
    .toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt)
    // The key determines the type of the data.
    .map(({ state }) => state.data as InfiniteData<MediaPage> | undefined)
  const media = lists.flatMap((list) => list?.pages.flatMap((page) => page.media) ?? [])
  return new Map(media.map((asset) => [asset.id, asset]))
}

const isList = ([, filter]: readonly unknown[]) => typeof filter === 'object'

export const useMedia = (filter: MediaFilter) => useInfiniteQuery(mediaQuery(filter))
