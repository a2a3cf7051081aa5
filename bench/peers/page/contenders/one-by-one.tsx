import { useMutation, useQuery } from '@tanstack/react-query'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { CreateContender } from '../layer.ts'
import { createVideos, toLink, toRow } from '../rows.ts'
import { createCache } from './query-client.tsx'

/**
 * Sends one link after the other, then invalidates the list: nothing is shown until then
 * (https://tanstack.com/query/latest/docs/framework/react/guides/invalidations-from-mutations).
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  const { queryClient, Provider, queryKey } = createCache()
  const refetch = () => queryClient.invalidateQueries({ queryKey })

  function useLayer() {
    const { data: videos } = useQuery({ queryKey, queryFn: ({ signal }) => server.list(signal) })
    const add = useMutation({
      mutationFn: async (picks: readonly MediaPick[]) => {
        for (const video of createVideos(chapterId, videos ?? [], picks)) {
          // A refused link must not stop the others.
          await server.link(toLink(video)).catch(() => {})
        }
      },
      onSettled: refetch,
    })
    const rename = useMutation({
      mutationFn: ({ video, filename }: { video: Video; filename: string }) =>
        server.rename(video, filename),
      onSettled: refetch,
    })
    return {
      rows: videos?.map(toRow),
      add: add.mutate,
      rename: (id: string, filename: string) => {
        const video = videos?.find((listed) => listed.id === id)
        if (video) rename.mutate({ video, filename })
      },
      refetch,
    }
  }

  return { Provider, useLayer }
}
