import type { QueryClient, QueryKey } from '@tanstack/react-query'

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
