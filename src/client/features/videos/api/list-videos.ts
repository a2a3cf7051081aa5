import { type QueryClient, queryOptions, replaceEqualDeep } from '@tanstack/react-query'
import { request } from '#client/lib/http.ts'
import { logicalTime } from '#client/lib/logical-time.ts'
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
      const requestedAt = logicalTime()
      const { videos } = await request('GET /api/chapters/{chapterId}/videos', {
        params: { chapterId },
        signal,
      })
      return { videos, requestedAt }
    },
    // A page's times mean nothing to the next one: to that, its own come after this list.
    meta: { keep: (list: VideoList): VideoList => ({ ...list, requestedAt: 0 }) },
    structuralSharing: (known, list) =>
      shareRows(known as VideoList | undefined, list as VideoList),
  })

/**
 * Keeps the objects of rows that have not changed, wherever they stand now: only changed rows are
 * rendered. By default, all rows behind a new one would be copied.
 */
function shareRows(known: VideoList | undefined, list: VideoList): VideoList {
  if (!known) return list
  const byId = new Map(known.videos.map((video) => [video.id, video]))
  const videos = list.videos.map((video) => replaceEqualDeep(byId.get(video.id), video))
  return { ...list, videos }
}

/** Calls back when what any chapter's list says has changed. */
export const subscribeToLists = (queryClient: QueryClient, notify: () => void) =>
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    // The other events are about observers, and come while components render.
    const isChange = type === 'updated' || type === 'removed'
    if (isChange && query.queryKey[0] === queryKeys.videoLists[0]) notify()
  })
