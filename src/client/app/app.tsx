import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { Workspace } from '../features/videos/videos.actors.ts'
import { WorkspaceProvider } from '../features/videos/workspace.tsx'
import type { AppRouter } from './router.tsx'

type AppProps = { queryClient: QueryClient; workspace: Workspace; router: AppRouter }

/** The page inside its providers. The workspace is outside the routes, so that links outlive a page. */
export const App = ({ queryClient, workspace, router }: AppProps) => (
  <QueryClientProvider client={queryClient}>
    <WorkspaceProvider workspace={workspace}>
      <RouterProvider router={router} />
    </WorkspaceProvider>
  </QueryClientProvider>
)
