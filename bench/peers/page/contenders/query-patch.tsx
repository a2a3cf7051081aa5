import { useMutation, useQuery } from '@tanstack/react-query'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { CreateContender } from '../layer.ts'
import { createVideos, toLink, toRow, withFilename, withoutVideo, withVideo } from '../rows.ts'
import { createCache } from './query-client.tsx'

/**
 * A mutation for each link, which rolls back its own change if it fails, and invalidates the list
 * only if it is the last one in flight
 * (https://tkdodo.eu/blog/concurrent-optimistic-updates-in-react-query). A response goes into the
 * list at once
 * (https://tanstack.com/query/latest/docs/framework/react/guides/updates-from-mutation-responses).
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  const { queryClient, Provider, queryKey } = createCache()
  const mutationKey = ['videos']
  const refetch = () => queryClient.invalidateQueries({ queryKey })

  async function change(update: (videos: readonly Video[]) => Video[]) {
    // A list in flight would overwrite the change.
    await queryClient.cancelQueries({ queryKey })
    patch(update)
  }

  const patch = (update: (videos: readonly Video[]) => Video[]) =>
    queryClient.setQueryData<Video[]>(queryKey, (videos) => update(videos ?? []))

  function refetchAfterLast() {
    // The mutation that is settling counts, too.
    if (queryClient.isMutating({ mutationKey }) === 1) return refetch()
  }

  function useLayer() {
    const { data: videos } = useQuery({ queryKey, queryFn: ({ signal }) => server.list(signal) })
    const link = useMutation({
      mutationKey,
      mutationFn: (video: Video) => server.link(toLink(video)),
      onMutate: (video) => change((list) => [...list, video]),
      onSuccess: (video) =>
        patch((list) => {
          // A name that was typed meanwhile has its own mutation.
          const shown = list.find((listed) => listed.id === video.id)
          return withVideo(list, { ...video, filename: shown?.filename ?? video.filename })
        }),
      onError: (_error, video) => patch((list) => withoutVideo(list, video.id)),
      onSettled: refetchAfterLast,
    })
    const rename = useMutation({
      mutationKey,
      mutationFn: ({ video, filename }: { video: Video; filename: string }) =>
        server.rename(video, filename),
      onMutate: ({ video, filename }) => change((list) => withFilename(list, video.id, filename)),
      onSuccess: (video) => patch((list) => withVideo(list, video)),
      onError: (_error, { video }) => patch((list) => withFilename(list, video.id, video.filename)),
      onSettled: refetchAfterLast,
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
