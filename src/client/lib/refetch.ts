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
