import {
  CancelledError,
  type EnsureQueryDataOptions,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query'

/**
 * Loads a query's data, unless it is cached. A request that is cancelled because of a change
 * meanwhile is sent again, where TanStack's `ensureQueryData` would reject.
 */
export async function ensureData<Data, Key extends QueryKey>(
  queryClient: QueryClient,
  query: EnsureQueryDataOptions<Data, Error, Data, Key>,
): Promise<Data> {
  try {
    return await queryClient.ensureQueryData(query)
  } catch (error) {
    if (error instanceof CancelledError) return ensureData(queryClient, query)
    throw error
  }
}
