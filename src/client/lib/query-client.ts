import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './http.ts'

const maxRetries = 2

/** Creates the query client, which caches the server's responses. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      // The server may run on this machine, so `navigator.onLine === false` proves nothing.
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

const isTransient = (error: Error) => !(error instanceof ProblemError) || error.status >= 500
