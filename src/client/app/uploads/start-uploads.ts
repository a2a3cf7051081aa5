import type { QueryClient } from '@tanstack/react-query'
import { createUploads } from '../../features/uploads/uploads.actors.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Starts the queue of uploads: the chapters and the library hear of every file that is ready. */
export const startUploads = (queryClient: QueryClient, authoring: Authoring) =>
  createUploads({
    onReady: (mediaId) => {
      authoring.send({ type: 'asset.ready', mediaId })
      void queryClient.invalidateQueries({ queryKey: queryKeys.allMedia })
    },
  })
