import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Sends a query's request again if it is in flight: it was sent before a change whose result is in
 * the cache by now, and its response would undo that.
 */
export function refetchInFlight(queryClient: QueryClient, queryKey: QueryKey) {
  const query = { queryKey, exact: true }
  if (queryClient.isFetching(query) === 0) return
  // Invalidation alone would stop neither a first request nor one that no component observes.
  void queryClient.cancelQueries(query)
  void queryClient.refetchQueries(query)
}

/**
 * Refetches a query that is in flight, as its response may predate a change. If the query has no
 * data yet, it is refetched only after the first response: the page can't be shown without it.
 */
export function refetchUnfinished(queryClient: QueryClient, queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true })
  if (query?.state.fetchStatus !== 'fetching') return
  const refetch = () => void queryClient.invalidateQueries({ queryKey, exact: true })
  if (query.state.data !== undefined) refetch()
  else query.promise?.then(refetch, () => {})
}
