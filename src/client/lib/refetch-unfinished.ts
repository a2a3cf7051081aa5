import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Asks again for what is on its way, which may be from before a change. The first answer is waited
 * for: a page can't be shown without it.
 */
export function refetchUnfinished(queryClient: QueryClient, queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true })
  if (query?.state.fetchStatus !== 'fetching') return
  const refetch = () => void queryClient.invalidateQueries({ queryKey, exact: true })
  if (query.state.data !== undefined) refetch()
  else query.promise?.then(refetch, () => {})
}
