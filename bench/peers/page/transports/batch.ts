import { yieldToBrowser } from '#client/lib/frame.ts'
import { requestStream } from '#client/lib/http.ts'
import { createLinkBatcher } from '#client/lib/link-batcher.ts'
import type { Transport } from '../layer.ts'
import { createHttpTransport } from './http.ts'

/** Lectern's batcher and route: links from one task are one request, answered line by line. */
export function createBatchTransport(chapterId: string): Transport {
  const batcher = createLinkBatcher({
    send: (chapter, videos, signal) =>
      requestStream('POST /api/chapters/{chapterId}/videos/batch', {
        params: { chapterId: chapter },
        body: { videos },
        signal,
      }),
    upsert: () => {},
    pause: yieldToBrowser,
  })
  return {
    ...createHttpTransport(chapterId),
    async link(link) {
      const answer = await batcher.link(chapterId, link, new AbortController().signal)
      if ('video' in answer) return answer.video
      throw new Error(answer.problem.detail)
    },
  }
}
