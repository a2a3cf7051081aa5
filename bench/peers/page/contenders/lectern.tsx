import type { PropsWithChildren } from 'react'
import { useAddVideos } from '#client/features/videos/add-videos.ts'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { AuthoringProvider } from '#client/features/videos/authoring-context.tsx'
import { useVideoDispatch } from '#client/features/videos/dispatch-videos.ts'
import { readSaved, type ShownVideo } from '#client/features/videos/fold-videos.ts'
import { useShownVideos } from '#client/features/videos/use-chapter.ts'
import { type Authoring, createAuthoring } from '#client/features/videos/videos.actors.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { MediaPick } from '#contract/videos.ts'
import type { Contender, CreateContender, Row } from '../layer.ts'
import { createCache } from './query-client.tsx'

/** Lectern's machines, fold and batcher, as its page starts them (docs/architecture.md). */
export const createContender: CreateContender = ({ chapterId }) => {
  const cache = createCache(createQueryClient())
  return createLectern(chapterId, cache, createAuthoring(cache.queryClient))
}

/** Lectern's layer over an authoring actor, with whatever effects that has. */
export function createLectern(
  chapterId: string,
  { queryClient, Provider: CacheProvider }: ReturnType<typeof createCache>,
  authoring: Authoring,
): Contender {
  const Provider = ({ children }: PropsWithChildren) => (
    <CacheProvider>
      <AuthoringProvider authoring={authoring}>{children}</AuthoringProvider>
    </CacheProvider>
  )

  function useLayer() {
    const { videos, query } = useShownVideos(chapterId)
    const dispatch = useVideoDispatch()
    const add = useAddVideos(chapterId)
    return {
      rows: query.data && videos.map(toRow),
      add: (picks: readonly MediaPick[]) => add([...picks]),
      rename: (id: string, filename: string) => {
        const video = videos.find((shown) => shown.id === id)
        if (!video) return
        dispatch(video, { type: 'video.edit', saved: readSaved(video) })
        dispatch(video, { type: 'video.rename', filename })
      },
      refetch: () => void queryClient.invalidateQueries(videosQuery(chapterId)),
    }
  }

  return { Provider, useLayer }
}

const statuses: Record<ShownVideo['status'], Row['status']> = {
  optimistic: 'pending',
  linking: 'pending',
  linked: 'linked',
  failed: 'failed',
}

const toRow = ({ id, mediaId, filename, status }: ShownVideo): Row => ({
  id,
  mediaId,
  filename,
  status: statuses[status],
})
