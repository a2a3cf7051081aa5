import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Video } from '#contract/videos.ts'
import { getDepartingChapterId, type PendingVideo } from '#machines/pending-videos.ts'
import { useAuthoring } from './authoring-context.tsx'
import { moveToEndOnceListed } from './move-once-listed.ts'
import { type NewVideo, placePicks } from './place-picks.ts'
import { recordAddedOrRemoved } from './record-changes.ts'
import { listLeaving } from './release-unblocked.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** Returns a function that adds picks to the end of a chapter, in the given order. */
export function useAddVideos(chapterId: string) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return useCallback(
    (picks: NewVideo[]) => addVideos(authoring, queryClient, chapterId, picks),
    [authoring, chapterId, queryClient],
  )
}

/** Adds picks to the end of a chapter, and records this for undo. */
export function addVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  picks: readonly NewVideo[],
  random?: () => number,
) {
  const videos = dispatchPicks(authoring, queryClient, chapterId, picks, random)
  recordAddedOrRemoved(authoring, 'add', videos)
  moveToEndOnceListed(authoring, queryClient, chapterId, videos, random)
}

/**
 * Links picks after the last video that a chapter shows. A pick whose asset is just leaving the
 * chapter waits for that.
 * @returns the new videos as they are shown
 */
export function dispatchPicks(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  picks: readonly NewVideo[],
  random?: () => number,
): Video[] {
  const last = readShownVideos(authoring, queryClient, chapterId).at(-1)
  const leaving = findLeaving(authoring, chapterId)
  const videos = placePicks(picks, chapterId, last?.position ?? null, random).map((video) => ({
    ...video,
    blockedBy: video.blockedBy ?? leaving.get(video.mediaId) ?? null,
  }))
  authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.add', videos } })
  return videos
}

/**
 * Maps each asset to the id of its video that is leaving a chapter, here or in another tab. Of
 * several with the same asset, one that itself waits for another leaves first.
 */
function findLeaving(authoring: Authoring, chapterId: string): ReadonlyMap<string, string> {
  const leaving = listLeaving(authoring).filter(
    (video) => getDepartingChapterId(video) === chapterId,
  )
  const isBlocked = ({ blockedBy }: PendingVideo) => blockedBy !== null
  const lastToLeave = [
    ...leaving.filter(isBlocked),
    ...leaving.filter((video) => !isBlocked(video)),
  ]
  return new Map(lastToLeave.map(({ mediaId, id }) => [mediaId, id]))
}
