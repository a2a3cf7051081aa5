import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './http.ts'

const maxRetries = 2

/** Makes the cache of what the server said. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      // The server may run on this very machine, so a browser that says 'offline' proves nothing.
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        refetchOnWindowFocus: true,
        staleTime: 10_000,
        retry: (failures, error) => failures < maxRetries && isTransient(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })

/** Tells whether the same request may well succeed in a moment. */
const isTransient = (error: Error) => !(error instanceof ProblemError) || error.status >= 500
