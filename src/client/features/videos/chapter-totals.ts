import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { throttle } from '#shared/throttle.ts'
import { subscribeToLists, videosQuery } from './api/list-videos.ts'
import { type ChapterActor, useAuthoring, useChapterActors } from './authoring-context.tsx'
import type { ShownVideo } from './fold-videos.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'
import { subscribeToPending } from './visiting-videos.ts'

/** Sums over the videos of a chapter. */
export interface ChapterTotals {
  videoCount: number
  durationSeconds: number
  failedCount: number
}

/** Describes the number of videos, and their total duration unless it is zero. */
export function describeTotals({ videoCount, durationSeconds }: ChapterTotals): string {
  const count = formatCount(videoCount, 'video')
  return durationSeconds > 0 ? `${count} · ${formatDuration(durationSeconds)}` : count
}

const totalsCache = new WeakMap<readonly ShownVideo[], ChapterTotals>()

/** Sums up the rows that a chapter shows; cached for the same rows. */
export const sumVideos = (videos: readonly ShownVideo[]): ChapterTotals =>
  computeOnce(totalsCache, videos, () => ({
    videoCount: videos.length,
    durationSeconds: videos.reduce((sum, video) => sum + video.durationSeconds, 0),
    failedCount: videos.filter(({ status }) => status === 'failed').length,
  }))

/**
 * The totals of a chapter whose list has not loaded yet: the server's summary, which comes with the
 * course, plus the shown rows that the summary can't include.
 */
export function addToSummary(
  { videoCount = 0, durationSeconds = 0 }: Pick<Chapter, 'videoCount' | 'durationSeconds'>,
  shown: readonly ShownVideo[],
): ChapterTotals {
  const added = sumVideos(shown.filter(({ status }) => status !== 'linked'))
  return {
    videoCount: videoCount + added.videoCount,
    durationSeconds: durationSeconds + added.durationSeconds,
    failedCount: added.failedCount,
  }
}

/** How long totals may lag behind reports and lists, in ms: the rows come first. */
const delay = 250

/** The totals of chapters, in order, whether or not their lists have loaded. */
export function useChapterTotals(chapters: readonly Chapter[]): readonly ChapterTotals[] {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const actors = useChapterActors()
  const subscribe = useCallback(
    (notify: () => void) => subscribeToAll(actors, queryClient, throttle(notify, delay)),
    [actors, queryClient],
  )
  const read = useMemo(
    () => createReader(authoring, queryClient, chapters),
    [authoring, queryClient, chapters],
  )
  return useSyncExternalStore(subscribe, read)
}

function subscribeToAll(
  actors: readonly ChapterActor[],
  queryClient: QueryClient,
  notifySoon: ReturnType<typeof throttle>,
): () => void {
  const unsubscribe = subscribeToPending(actors, notifySoon)
  const unsubscribeFromLists = subscribeToLists(queryClient, notifySoon)
  return () => {
    notifySoon.cancel()
    unsubscribeFromLists()
    unsubscribe()
  }
}

/** Creates a reader that returns the same array until the totals change. */
function createReader(
  authoring: Authoring,
  queryClient: QueryClient,
  chapters: readonly Chapter[],
) {
  let latest: readonly ChapterTotals[] = []
  return () => {
    const next = chapters.map((chapter) => readTotals(authoring, queryClient, chapter))
    const isSame =
      next.length === latest.length && next.every((totals, index) => isEqual(totals, latest[index]))
    if (!isSame) latest = next
    return latest
  }
}

function readTotals(authoring: Authoring, queryClient: QueryClient, chapter: Chapter) {
  const shown = readShownVideos(authoring, queryClient, chapter.id)
  const isListed = queryClient.getQueryData(videosQuery(chapter.id).queryKey) !== undefined
  return isListed ? sumVideos(shown) : addToSummary(chapter, shown)
}

const isEqual = (a: ChapterTotals, b: ChapterTotals | undefined) =>
  a.videoCount === b?.videoCount &&
  a.durationSeconds === b.durationSeconds &&
  a.failedCount === b.failedCount
