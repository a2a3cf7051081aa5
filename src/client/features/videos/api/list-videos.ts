import { type QueryClient, queryOptions, replaceEqualDeep } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Video } from '#contract/videos.ts'

/**
 * A chapter's linked videos as the server listed them, and the page's logical time of the request.
 */
export interface VideoList {
  videos: Video[]
  requestedAt: number
}

export const videosQuery = (chapterId: string) =>
  queryOptions({
    queryKey: queryKeys.videos(chapterId),
    queryFn: async ({ signal }): Promise<VideoList> => {
      const requestedAt = nextLogicalTime()
      const { videos } = await request('GET /api/chapters/{chapterId}/videos', {
        params: { chapterId },
        signal,
      })
      return { videos, requestedAt }
    },
    // Logical times mean nothing to the next page, where this list has to be the oldest.
    meta: { keep: (list: VideoList): VideoList => ({ ...list, requestedAt: 0 }) },
    structuralSharing: (cached, list) =>
      shareRows(cached as VideoList | undefined, list as VideoList),
  })

/**
 * Reuses the objects of unchanged rows, even at another index, so that only changed rows render. By
 * default, every row after an inserted one would be copied.
 */
function shareRows(cached: VideoList | undefined, list: VideoList): VideoList {
  if (!cached) return list
  const byId = new Map(cached.videos.map((video) => [video.id, video]))
  const videos = list.videos.map((video) => replaceEqualDeep(byId.get(video.id), video))
  return { ...list, videos }
}

/** Calls back when the data of any chapter's list has changed. */
export const subscribeToLists = (queryClient: QueryClient, notify: () => void) =>
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    // Other events concern observers, and fire while components render.
    const isChange = type === 'updated' || type === 'removed'
    if (isChange && query.queryKey[0] === queryKeys.videoLists[0]) notify()
  })
