import type { QueryClient } from '@tanstack/react-query'
import { createAuthoring } from '#client/features/videos/videos.actors.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Video } from '#contract/videos.ts'

export const never = () => new Promise<never>(() => {})

/** A video that the server has linked. */
export const linkedRow: Video = {
  id: '01900000-0000-7000-8000-000000000001',
  chapterId: '01900000-0000-7000-8000-0000000000c1',
  mediaId: '01900000-0000-7000-8000-0000000000a1',
  filename: 'Lesson 1.mp4',
  position: 'a1',
  durationSeconds: 60,
  version: 3,
  revision: 2,
}

/** Opens a page on which nothing is ever painted or answered. */
export const openQuietPage = (queryClient: QueryClient = createQueryClient()) =>
  createAuthoring(queryClient, {
    framePainted: never,
    yieldToBrowser: never,
    delay: never,
    random: () => 0.5,
    pageId: '01900000-0000-7000-8000-0000000000f1',
  })
