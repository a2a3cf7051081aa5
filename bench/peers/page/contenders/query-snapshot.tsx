import { useMutation, useQuery } from '@tanstack/react-query'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { CreateContender } from '../layer.ts'
import { createVideos, toLink, toRow, withFilename } from '../rows.ts'
import { createCache } from './query-client.tsx'

/**
 * A mutation for each link, which keeps a snapshot of the list and restores it on failure
 * (https://tanstack.com/query/latest/docs/framework/react/guides/optimistic-updates, “Updating a
 * list of todos when adding a new todo”).
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  const { queryClient, Provider, queryKey } = createCache()
  const refetch = () => queryClient.invalidateQueries({ queryKey })

  async function change(update: (videos: readonly Video[]) => Video[]) {
    // A list in flight would overwrite the change.
    await queryClient.cancelQueries({ queryKey })
    const previous = queryClient.getQueryData<Video[]>(queryKey)
    queryClient.setQueryData<Video[]>(queryKey, (videos) => update(videos ?? []))
    return { previous }
  }

  function rollBack(
    _error: Error,
    _change: unknown,
    snapshot?: { previous?: Video[] | undefined },
  ) {
    queryClient.setQueryData(queryKey, snapshot?.previous)
  }

  function useLayer() {
    const { data: videos } = useQuery({ queryKey, queryFn: ({ signal }) => server.list(signal) })
    const link = useMutation({
      mutationFn: (video: Video) => server.link(toLink(video)),
      onMutate: (video) => change((list) => [...list, video]),
      onError: rollBack,
      onSettled: refetch,
    })
    const rename = useMutation({
      mutationFn: ({ video, filename }: { video: Video; filename: string }) =>
        server.rename(video, filename),
      onMutate: ({ video, filename }) => change((list) => withFilename(list, video.id, filename)),
      onError: rollBack,
      onSettled: refetch,
    })
    return {
      rows: videos?.map(toRow),
      add: (picks: readonly MediaPick[]) => {
        for (const video of createVideos(chapterId, videos ?? [], picks)) link.mutate(video)
      },
      rename: (id: string, filename: string) => {
        const video = videos?.find((listed) => listed.id === id)
        if (video) rename.mutate({ video, filename })
      },
      refetch,
    }
  }

  return { Provider, useLayer }
}
