import type { QueryClient } from '@tanstack/react-query'
import { refetchInFlight } from '#client/lib/refetch.ts'
import type { Video } from '#contract/videos.ts'
import { comparePlaces } from '#shared/compare-places.ts'
import { type VideoList, videosQuery } from './api/list-videos.ts'

/**
 * Puts rows from a response into the cached list. Of two with the same id, the later version wins.
 */
export function upsertVideos(queryClient: QueryClient, chapterId: string, videos: Video[]) {
  updateList(queryClient, chapterId, (list) => {
    const byId = new Map(list.map((video) => [video.id, video]))
    for (const video of videos) {
      const cached = byId.get(video.id)
      if (!cached || cached.version < video.version) byId.set(video.id, video)
    }
    return [...byId.values()].sort(comparePlaces)
  })
}

/** Removes from the cached list a row that the server has removed or moved to another chapter. */
export function removeCachedVideo(queryClient: QueryClient, chapterId: string, videoId: string) {
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
  refetchInFlight(queryClient, queryKey)
}
