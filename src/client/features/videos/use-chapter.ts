import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import { useMemo } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { ChapterContext } from '#machines/chapter.machine.ts'
import { noVideos, type PendingVideos } from '#machines/pending-videos.ts'
import { type VideoList, videosQuery } from './api/list-videos.ts'
import {
  type ChapterSnapshot,
  findOwner,
  readChapterActors,
  useAuthoring,
  useChapterActor,
  type VideoActor,
} from './authoring-context.tsx'
import { dispatchToVideo } from './dispatch-videos.ts'
import { foldVideos, type ShownVideo } from './fold-videos.ts'
import { useWithoutMoved, withoutMoved } from './moved-elsewhere.ts'
import { listRetryable } from './retryable.ts'
import type { Authoring } from './videos.actors.ts'
import { findVisitingVideos, useVisitingVideos, withVisitingVideos } from './visiting-videos.ts'

/**
 * The videos that a chapter shows: the server's rows folded with what the chapter's actors know,
 * and with the videos visiting from other chapters and tabs.
 * @param isLoaded whether to load the list; if false, it is only read from the cache
 */
export function useShownVideos(chapterId: string, isLoaded = true) {
  const snapshot = useSelector(useChapterActor(chapterId), (chapter) => chapter)
  const query = useQuery({ ...videosQuery(chapterId), enabled: isLoaded })
  const context = snapshot?.context ?? nothingPending
  const visiting = useVisitingVideos(chapterId, query.data)
  const pending = withVisitingVideos(context.videos, visiting)
  const videos = useWithoutMoved(chapterId, foldOnce(chapterId, query.data, pending))
  return { videos, pending, query, context, snapshot }
}

const nothingPending: ChapterContext = {
  chapterId: '',
  added: [],
  due: [],
  videos: noVideos,
  counted: [],
}

/** Cached, since several parts of the page show the same fold. */
const folds = new WeakMap<PendingVideos, WeakMap<VideoList, ShownVideo[]>>()

function foldOnce(
  chapterId: string,
  list: VideoList | undefined,
  pending: PendingVideos,
): ShownVideo[] {
  if (!list) return foldVideos(chapterId, list, pending.list)
  const byList = computeOnce(folds, pending, () => new WeakMap())
  return computeOnce(byList, list, () => foldVideos(chapterId, list, pending.list))
}

/** The videos that a chapter currently shows, for an event handler outside its list. */
export function readShownVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
): ShownVideo[] {
  const list = queryClient.getQueryData(videosQuery(chapterId).queryKey)
  const chapters = readChapterActors(authoring)
  const own = chapters.find(({ id }) => id === chapterId)?.getSnapshot().context.videos
  const visiting = findVisitingVideos(chapterId, list, chapters)
  const videos = foldOnce(chapterId, list, withVisitingVideos(own ?? noVideos, visiting))
  return withoutMoved(queryClient, chapterId, videos)
}

/** All videos that the page shows, or will once their chapters are near the viewport. */
export function readAllShownVideos(
  authoring: Authoring,
  queryClient: QueryClient,
): ReadonlyMap<string, ShownVideo> {
  const chapterIds = new Set([
    ...readChapterActors(authoring).map(({ id }) => id),
    ...queryClient
      .getQueriesData<VideoList>({ queryKey: queryKeys.videoLists })
      .flatMap(([[, chapterId]]) => (typeof chapterId === 'string' ? [chapterId] : [])),
  ])
  return new Map(
    [...chapterIds]
      .flatMap((chapterId) => readShownVideos(authoring, queryClient, chapterId))
      .map((video) => [video.id, video]),
  )
}

export function useRetryFailed(chapterId: string) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return () => retryFailed(authoring, queryClient, chapterId)
}

/** Retries every failed video that a chapter shows, if that can help. */
export function retryFailed(authoring: Authoring, queryClient: QueryClient, chapterId: string) {
  const shown = readShownVideos(authoring, queryClient, chapterId)
  const retryable = listRetryable(shown)
  const except = shown
    .filter((video) => video.status === 'failed' && !retryable.includes(video))
    .map(({ id }) => id)
  const event = { type: 'videos.retryFailed' as const, except }
  authoring.send({ type: 'chapter.dispatch', chapterId, event })
  for (const video of retryable) {
    const isOwn = findOwner(authoring, video.id)?.id === chapterId
    if (!isOwn) dispatchToVideo(authoring, video, { type: 'video.retry' })
  }
}

/** Returns a function that finds the actor of a video, whichever chapter owns it. */
export function useFindVideoActor() {
  const authoring = useAuthoring()
  return (videoId: string) => findVideoActor(findOwner(authoring, videoId)?.getSnapshot(), videoId)
}

/**
 * The assets that a chapter has, linked or pending. `ids` is `undefined` until its list has loaded.
 */
export function useLinkedMedia(chapterId: string) {
  const { videos, query } = useShownVideos(chapterId)
  const ids = useMemo(() => new Set(videos.map(({ mediaId }) => mediaId)), [videos])
  return { ids: query.data && ids, query }
}

/** The actor of a video, a child of its chapter's. Rows that were never acted on have none. */
export function findVideoActor(
  snapshot: ChapterSnapshot | undefined,
  videoId: string,
): VideoActor | undefined {
  // The machine's types can't tell the children with fixed ids from the many with a UUID.
  return snapshot?.children[videoId] as VideoActor | undefined
}
