import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import { useCallback, useMemo } from 'react'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { ChapterContext } from '#machines/chapter.machine.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { type VideoList, videosQuery } from './api/list-videos.ts'
import {
  type ChapterSnapshot,
  useAuthoring,
  useChapterActor,
  type VideoActor,
} from './authoring-context.tsx'
import { foldVideos, type ShownVideo } from './fold-videos.ts'
import { placePicks } from './place-picks.ts'
import type { Authoring } from './videos.actors.ts'

/** What a chapter shows: the server's rows and what its processes know, folded. */
export function useShownVideos(chapterId: string) {
  const snapshot = useSelector(useChapterActor(chapterId), (chapter) => chapter)
  const query = useQuery(videosQuery(chapterId))
  const context = snapshot?.context ?? nothingPending
  return { videos: foldOnce(query.data, context.videos), query, context, snapshot }
}

const nothingPending: ChapterContext = { chapterId: '', added: [], videos: {}, counted: [] }

/** Several parts of the page show the same fold. */
const folds = new WeakMap<ChapterContext['videos'], WeakMap<VideoList, ShownVideo[]>>()

function foldOnce(list: VideoList | undefined, pending: ChapterContext['videos']): ShownVideo[] {
  if (!list) return foldVideos(list, Object.values(pending))
  const known = folds.get(pending) ?? new WeakMap<VideoList, ShownVideo[]>()
  folds.set(pending, known)
  const videos = known.get(list) ?? foldVideos(list, Object.values(pending))
  known.set(list, videos)
  return videos
}

/** Sends an event to a video of a chapter; a row of the server's gets its actor by that. */
export function useVideoDispatch(chapterId: string) {
  const authoring = useAuthoring()
  return useCallback(
    (video: Video, event: VideoEvent) => {
      const dispatched = { type: 'video.dispatch' as const, video, event }
      authoring.send({ type: 'chapter.dispatch', chapterId, event: dispatched })
    },
    [authoring, chapterId],
  )
}

/** Retries every failed video of a chapter. */
export function useRetryFailed(chapterId: string) {
  const authoring = useAuthoring()
  return () =>
    authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.retryFailed' } })
}

/** Adds picks to the end of a chapter, in the order they are given. */
export function useAddVideos(chapterId: string) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return useCallback(
    (picks: MediaPick[]) => addVideos(authoring, queryClient, chapterId, picks),
    [authoring, chapterId, queryClient],
  )
}

/** Adds picks behind the last video that a chapter shows. */
export function addVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  picks: readonly MediaPick[],
  random?: () => number,
) {
  const list = queryClient.getQueryData(videosQuery(chapterId).queryKey)
  const context = authoring.getSnapshot().children[chapterId]?.getSnapshot().context
  const last = foldOnce(list, (context ?? nothingPending).videos).at(-1)
  const videos = placePicks(picks, chapterId, last?.position ?? null, random)
  authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.add', videos } })
}

/**
 * Which assets the chapter has, linked or pending: `ids` is `undefined` until its list has come.
 */
export function useLinkedMedia(chapterId: string) {
  const { videos, query } = useShownVideos(chapterId)
  const ids = useMemo(() => new Set(videos.map(({ mediaId }) => mediaId)), [videos])
  return { ids: query.data && ids, query }
}

/** The actor of a video; rows that nothing was done to have none. */
export function findVideoActor(
  snapshot: ChapterSnapshot | undefined,
  videoId: string,
): VideoActor | undefined {
  // The machine's types can't tell the children with fixed ids from the many with a UUID.
  return snapshot?.children[videoId] as VideoActor | undefined
}
