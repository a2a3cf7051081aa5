import { queryOptions } from '@tanstack/react-query'
import type { Video } from '../../../../contract/videos.ts'
import { request } from '../../../lib/http.ts'
import { logicalTime } from '../../../lib/logical-time.ts'
import { queryKeys } from '../../../lib/query-keys.ts'

/** A chapter's linked videos as the server listed them, and the page's logical time when it was asked. */
export interface VideoList {
  videos: Video[]
  askedAt: number
}

export const videosQuery = (chapterId: string) =>
  queryOptions({
    queryKey: queryKeys.videos(chapterId),
    queryFn: async ({ signal }): Promise<VideoList> => {
      const askedAt = logicalTime()
      const { videos } = await request('GET /api/chapters/{chapterId}/videos', {
        params: { chapterId },
        signal,
      })
      return { videos, askedAt }
    },
  })
