import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { PropsWithChildren } from 'react'

const createPlainClient = () =>
  new QueryClient({
    // As in Lectern, except for retries: the bench's server refuses for good.
    defaultOptions: {
      queries: { networkMode: 'always', staleTime: 10_000, retry: false },
      mutations: { networkMode: 'always', retry: false },
    },
  })

/** A cache and its provider, for the contenders that use TanStack Query. */
export function createCache(queryClient = createPlainClient()) {
  const Provider = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )
  return { queryClient, Provider, queryKey: ['videos'] as const }
}
