import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { throttle } from '#shared/throttle.ts'
import { subscribeToLists, videosQuery } from './api/list-videos.ts'
import {
  type ChapterActor,
  subscribeToChapters,
  useAuthoring,
  useChapterActors,
} from './authoring-context.tsx'
import type { ShownVideo } from './fold-videos.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** How much a chapter has. */
export interface ChapterTotals {
  videoCount: number
  durationSeconds: number
  failedCount: number
}

/** How many videos there are, and their total duration unless it is zero. */
export function describeTotals({ videoCount, durationSeconds }: ChapterTotals): string {
  const count = formatCount(videoCount, 'video')
  return durationSeconds > 0 ? `${count} · ${formatDuration(durationSeconds)}` : count
}

const known = new WeakMap<readonly ShownVideo[], ChapterTotals>()

/** Sums up the rows that a chapter shows: once for the same rows. */
export const sumVideos = (videos: readonly ShownVideo[]): ChapterTotals =>
  computeOnce(known, videos, () => ({
    videoCount: videos.length,
    durationSeconds: videos.reduce((sum, video) => sum + video.durationSeconds, 0),
    failedCount: videos.filter(({ status }) => status === 'failed').length,
  }))

/**
 * What a chapter has whose list has not come yet: what the server said with the course, and the
 * rows that it can't have counted.
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

/** How long a report or a list may take to be counted, in ms: the rows come first. */
const delay = 250

/** The totals of chapters in their order, whether or not their lists are on the page. */
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
  const unsubscribe = subscribeToChapters(actors, notifySoon)
  const unsubscribeFromLists = subscribeToLists(queryClient, notifySoon)
  return () => {
    notifySoon.cancel()
    unsubscribeFromLists()
    unsubscribe()
  }
}

/** Returns the same array for as long as the totals are the same. */
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

const isEqual = (one: ChapterTotals, other: ChapterTotals | undefined) =>
  one.videoCount === other?.videoCount &&
  one.durationSeconds === other.durationSeconds &&
  one.failedCount === other.failedCount
