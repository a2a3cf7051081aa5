import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { WorkspaceProvider } from '../features/videos/workspace.tsx'
import type { AppRouter } from './router.tsx'

type AppProps = { queryClient: QueryClient; router: AppRouter }

/** The page, around a cache and a router; the workspace is outside of the routes, so links outlive a page. */
export const App = ({ queryClient, router }: AppProps) => (
  <QueryClientProvider client={queryClient}>
    <WorkspaceProvider>
      <RouterProvider router={router} />
    </WorkspaceProvider>
  </QueryClientProvider>
)
