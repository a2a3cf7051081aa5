import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import { useCallback, useMemo } from 'react'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { ChapterContext, VideoDispatch } from '#machines/chapter.machine.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { type VideoList, videosQuery } from './api/list-videos.ts'
import {
  type ChapterSnapshot,
  findOwner,
  readChapterActors,
  sendTogether,
  useAuthoring,
  useChapterActor,
  type VideoActor,
} from './authoring-context.tsx'
import { foldVideos, type ShownVideo } from './fold-videos.ts'
import { findGuests, useGuests, withGuests } from './guests.ts'
import { useWithoutMoved, withoutMoved } from './moved-elsewhere.ts'
import { placePicks } from './place-picks.ts'
import { recordPresence, recordRenames } from './record-changes.ts'
import type { Authoring } from './videos.actors.ts'

/**
 * What a chapter shows: the server's rows and what its processes know, folded; and the processes of
 * other chapters, as far as they move a video to it.
 * @param isLoaded false for a list that is only read if the page has it already
 */
export function useShownVideos(chapterId: string, isLoaded = true) {
  const snapshot = useSelector(useChapterActor(chapterId), (chapter) => chapter)
  const query = useQuery({ ...videosQuery(chapterId), enabled: isLoaded })
  const context = snapshot?.context ?? nothingPending
  const guests = useGuests(chapterId, query.data)
  const pending = withGuests(context.videos, guests)
  const videos = useWithoutMoved(chapterId, foldOnce(chapterId, query.data, pending))
  return { videos, pending, query, context, snapshot }
}

const nothingPending: ChapterContext = {
  chapterId: '',
  added: [],
  due: [],
  videos: {},
  counted: [],
}

type PendingVideos = ChapterContext['videos']

/** Several parts of the page show the same fold. */
const folds = new WeakMap<PendingVideos, WeakMap<VideoList, ShownVideo[]>>()

function foldOnce(
  chapterId: string,
  list: VideoList | undefined,
  pending: PendingVideos,
): ShownVideo[] {
  if (!list) return foldVideos(chapterId, list, Object.values(pending))
  const known = folds.get(pending) ?? new WeakMap<VideoList, ShownVideo[]>()
  folds.set(pending, known)
  const videos = known.get(list) ?? foldVideos(chapterId, list, Object.values(pending))
  known.set(list, videos)
  return videos
}

/** What a chapter shows now, for an event that is handled outside its list. */
export function readShownVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
): ShownVideo[] {
  const list = queryClient.getQueryData(videosQuery(chapterId).queryKey)
  const chapters = readChapterActors(authoring)
  const own = chapters.find(({ id }) => id === chapterId)?.getSnapshot().context.videos
  const guests = findGuests(chapterId, list, chapters)
  const videos = foldOnce(chapterId, list, withGuests(own ?? nothingPending.videos, guests))
  return withoutMoved(queryClient, chapterId, videos)
}

/** Sends an event to a video, as `dispatchFromRow` does. */
export function useVideoDispatch() {
  const authoring = useAuthoring()
  return useCallback(
    (video: Video, event: VideoEvent) => dispatchFromRow(authoring, video, event),
    [authoring],
  )
}

/** Sends a video what was done in its row. A name that was typed there can be undone. */
export function dispatchFromRow(authoring: Authoring, video: Video, event: VideoEvent) {
  dispatchToVideo(authoring, video, event)
  if (event.type === 'video.rename') {
    recordRenames(authoring, [{ video, filename: event.filename }])
  }
}

/**
 * Sends an event to the actor of a video, which stays with the chapter that it was created in. A
 * row of the server's gets its actor by that.
 */
export function dispatchToVideo(authoring: Authoring, video: Video, event: VideoEvent) {
  const { chapterId, dispatches } = address(authoring, { video, event })
  for (const dispatch of dispatches) {
    authoring.send({
      type: 'chapter.dispatch',
      chapterId,
      event: { type: 'video.dispatch', ...dispatch },
    })
  }
}

/**
 * Does something to many videos at once, of any chapters: all show it in the next frame, and whoever
 * hears of the chapters hears of them once.
 */
export function dispatchToVideos(authoring: Authoring, dispatches: readonly VideoDispatch[]) {
  const [only, ...others] = dispatches
  if (only && others.length === 0) return dispatchToVideo(authoring, only.video, only.event)
  const byChapter = new Map<string, VideoDispatch[]>()
  for (const dispatch of dispatches) {
    const { chapterId, dispatches: addressed } = address(authoring, dispatch)
    const own = byChapter.get(chapterId) ?? []
    own.push(...addressed)
    byChapter.set(chapterId, own)
  }
  sendTogether(() => {
    for (const [chapterId, own] of byChapter) {
      const event = { type: 'videos.dispatch' as const, dispatches: own }
      authoring.send({ type: 'chapter.dispatch', chapterId, event })
    }
  })
}

/** The chapter that knows a video, and what to send it. */
function address(authoring: Authoring, dispatch: VideoDispatch) {
  const { video, event } = dispatch
  const owner = findOwner(authoring, video.id)
  const chapterId = owner?.id ?? video.chapterId
  const wasRemoved = owner?.getSnapshot().context.videos[video.id]?.status === 'removed'
  // It was removed here and brought back elsewhere: that is wanted by whoever acts on it.
  const isWanted = wasRemoved && event.type !== 'video.restore'
  const restored: VideoDispatch = { video, event: { type: 'video.restore' } }
  return { chapterId, dispatches: isWanted ? [restored, dispatch] : [dispatch] }
}

export function useRetryFailed(chapterId: string) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return () => retryFailed(authoring, queryClient, chapterId)
}

/** Retries every failed video that a chapter shows. */
export function retryFailed(authoring: Authoring, queryClient: QueryClient, chapterId: string) {
  authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.retryFailed' } })
  for (const video of readShownVideos(authoring, queryClient, chapterId)) {
    const isOwn = findOwner(authoring, video.id)?.id === chapterId
    if (video.status === 'failed' && !isOwn) {
      dispatchToVideo(authoring, video, { type: 'video.retry' })
    }
  }
}

/** Finds the actors of videos, wherever they were created. */
export function useFindVideoActor() {
  const authoring = useAuthoring()
  return (videoId: string) => findVideoActor(findOwner(authoring, videoId)?.getSnapshot(), videoId)
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

/** Adds picks behind the last video that a chapter shows, which can be undone from now on. */
export function addVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  picks: readonly MediaPick[],
  random?: () => number,
) {
  recordPresence(authoring, 'add', linkPicks(authoring, queryClient, chapterId, picks, random))
}

/**
 * Links picks behind the last video that a chapter shows.
 * @returns the videos, as they are shown from now on
 */
export function linkPicks(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  picks: readonly MediaPick[],
  random?: () => number,
): Video[] {
  const last = readShownVideos(authoring, queryClient, chapterId).at(-1)
  const videos = placePicks(picks, chapterId, last?.position ?? null, random)
  authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.add', videos } })
  return videos
}

/**
 * Which assets the chapter has, linked or pending: `ids` is `undefined` until its list has come.
 */
export function useLinkedMedia(chapterId: string) {
  const { videos, query } = useShownVideos(chapterId)
  const ids = useMemo(() => new Set(videos.map(({ mediaId }) => mediaId)), [videos])
  return { ids: query.data && ids, query }
}

/** The actor of a video in its chapter's; rows that nothing was done to have none. */
export function findVideoActor(
  snapshot: ChapterSnapshot | undefined,
  videoId: string,
): VideoActor | undefined {
  // The machine's types can't tell the children with fixed ids from the many with a UUID.
  return snapshot?.children[videoId] as VideoActor | undefined
}
