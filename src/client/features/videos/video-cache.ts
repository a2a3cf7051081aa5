import type { QueryClient } from '@tanstack/react-query'
import type { Video } from '#contract/videos.ts'
import { type VideoList, videosQuery } from './api/list-videos.ts'
import { compareOrder } from './fold-videos.ts'

/**
 * Puts rows that the server answered into the cache; of two with one id the later version stays.
 */
export function upsertVideos(queryClient: QueryClient, chapterId: string, videos: Video[]) {
  updateList(queryClient, chapterId, (list) => {
    const byId = new Map(list.map((video) => [video.id, video]))
    for (const video of videos) {
      const known = byId.get(video.id)
      if (!known || known.version < video.version) byId.set(video.id, video)
    }
    return [...byId.values()].sort(compareOrder)
  })
}

/** Takes a row out of the cache that the server has removed, or shows in another chapter. */
export function dropVideo(queryClient: QueryClient, chapterId: string, videoId: string) {
  updateList(queryClient, chapterId, (list) => list.filter(({ id }) => id !== videoId))
}

/** A list in flight was requested before this change, so it is requested again. */
function updateList(
  queryClient: QueryClient,
  chapterId: string,
  update: (videos: Video[]) => Video[],
) {
  const { queryKey } = videosQuery(chapterId)
  queryClient.setQueryData(
    queryKey,
    (list: VideoList | undefined) => list && { ...list, videos: update(list.videos) },
  )
  if (queryClient.isFetching({ queryKey }) === 0) return
  // Invalidation alone would not stop a list that is the first, or that no page shows at the
  // moment.
  void queryClient.cancelQueries({ queryKey })
  void queryClient.refetchQueries({ queryKey })
}
