import type { QueryClient } from '@tanstack/react-query'
import { whenIdle } from '#client/lib/when-idle.ts'
import { videosQuery } from './list-videos.ts'

/**
 * Loads the lists that the page does not have yet, one at a time while it is idle. Videos can then
 * be found, and moved to the end of a chapter, before anyone scrolls there.
 */
export async function loadListsWhenIdle(
  queryClient: QueryClient,
  chapterIds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const id of chapterIds) {
    await new Promise<void>((resolve) => whenIdle(resolve))
    if (signal.aborted) return
    // The chapter reports a list that fails to load, once it is near the viewport.
    await queryClient.prefetchQuery({ ...videosQuery(id), staleTime: Number.POSITIVE_INFINITY })
  }
}
