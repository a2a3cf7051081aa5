import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { guardInput } from '#ui/input-guard.ts'
import type { Uploads } from '../features/uploads/uploads.actors.ts'
import { UploadsProvider } from '../features/uploads/uploads-context.tsx'
import { AuthoringProvider } from '../features/videos/authoring-context.tsx'
import type { Authoring } from '../features/videos/videos.actors.ts'
import type { AppRouter } from './router.tsx'

type AppProps = {
  queryClient: QueryClient
  authoring: Authoring
  uploads: Uploads
  router: AppRouter
}

/** The page inside its providers. The actors are outside the routes: links survive navigation. */
export function App({ queryClient, authoring, uploads, router }: AppProps) {
  useEffect(guardInput, [])
  return (
    <QueryClientProvider client={queryClient}>
      <AuthoringProvider authoring={authoring}>
        <UploadsProvider uploads={uploads}>
          <RouterProvider router={router} />
        </UploadsProvider>
      </AuthoringProvider>
    </QueryClientProvider>
  )
}
