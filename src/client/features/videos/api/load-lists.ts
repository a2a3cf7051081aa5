import type { QueryClient } from '@tanstack/react-query'
import { whenIdle } from '#client/lib/when-idle.ts'
import { videosQuery } from './list-videos.ts'

/**
 * Loads those lists that the page does not have, one at a time and while it is idle, so that videos
 * are found, and moved to their chapters' ends, before anyone scrolls there.
 */
export async function loadListsWhenIdle(
  queryClient: QueryClient,
  chapterIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const id of chapterIds) {
    await new Promise<void>((resolve) => whenIdle(resolve))
    if (signal.aborted) return
    // A list that can't be loaded says so at its chapter, once that is near.
    await queryClient.prefetchQuery({ ...videosQuery(id), staleTime: Number.POSITIVE_INFINITY })
  }
}
