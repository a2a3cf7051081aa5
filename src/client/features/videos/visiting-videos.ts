import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import {
  findVideo,
  type PendingVideo,
  type PendingVideos,
  withVideos,
} from '#machines/pending-videos.ts'
import type { VideoList } from './api/list-videos.ts'
import {
  type ChapterActor,
  findOwnerAmong,
  subscribeToChapters,
  useChapterActors,
} from './authoring-context.tsx'
import { isSettled } from './fold-videos.ts'
import { useOtherTabs } from './other-tabs.store.ts'

/**
 * Subscribes to the pending videos of the given chapters and of the other tabs.
 * @param notifyTogether as for `subscribeToChapters`
 * @returns a function that unsubscribes
 */
export function subscribeToPending(
  chapters: readonly ChapterActor[],
  notify: () => void,
  notifyTogether?: () => void,
): () => void {
  const unsubscribe = subscribeToChapters(chapters, notify, notifyTogether)
  const unsubscribeFromTabs = useOtherTabs.subscribe(notify)
  return () => {
    unsubscribeFromTabs()
    unsubscribe()
  }
}

/**
 * The videos visiting a chapter: they are in it, or are being moved to or from it, but another
 * chapter's actor or another tab owns them.
 */
export function useVisitingVideos(
  chapterId: string,
  list: VideoList | undefined,
): readonly PendingVideo[] {
  const chapters = useChapterActors()
  const subscribe = useCallback(
    (notify: () => void) => subscribeToPending(chapters, notify),
    [chapters],
  )
  const read = useMemo(() => {
    let latest = noVisitingVideos
    return () => {
      const visiting = findVisitingVideos(chapterId, list, chapters)
      if (!isSame(visiting, latest)) latest = visiting
      return latest
    }
  }, [chapterId, list, chapters])
  return useSyncExternalStore(subscribe, read)
}

const noVisitingVideos: readonly PendingVideo[] = []

const isSame = (a: readonly PendingVideo[], b: readonly PendingVideo[]) =>
  a.length === b.length && a.every((video, index) => video === b[index])

/**
 * Like `useVisitingVideos`, for an event handler.
 * @param list the server's latest list of the chapter
 */
export function findVisitingVideos(
  chapterId: string,
  list: VideoList | undefined,
  chapters: readonly ChapterActor[],
): readonly PendingVideo[] {
  const isInChapter = ({ wanted, confirmed }: PendingVideo) =>
    wanted.chapterId === chapterId || confirmed.chapterId === chapterId
  const visiting = new Set<PendingVideo>()
  for (const chapter of chapters) {
    if (chapter.id === chapterId) continue
    for (const video of findAway(chapter)) if (isInChapter(video)) visiting.add(video)
    for (const video of list ? findListed(chapter, list) : []) visiting.add(video)
  }
  const isListed = ({ id }: PendingVideo) => list !== undefined && readIds(list).has(id)
  const others = [...useOtherTabs.getState().videos.values()]
    .filter((video) => isInChapter(video) || isListed(video))
    .filter((video) => !isKnownBetter(video, chapters))
  for (const video of others) visiting.add(video)
  return visiting.size === 0 ? noVisitingVideos : [...visiting]
}

/** What this tab knows about a video, or else what another tab does. */
export const findPending = (
  chapters: readonly ChapterActor[],
  id: string,
): PendingVideo | undefined => findOwn(chapters, id) ?? useOtherTabs.getState().videos.get(id)

function findOwn(chapters: readonly ChapterActor[], id: string): PendingVideo | undefined {
  const owner = findOwnerAmong(chapters, id)
  return owner && findVideo(owner.getSnapshot().context.videos, id)
}

/**
 * Whether what this tab knows about another tab's video takes precedence: the other tab is done
 * with it, this tab is working on it itself, or this tab has a later version.
 */
function isKnownBetter(video: PendingVideo, chapters: readonly ChapterActor[]): boolean {
  const own = findOwn(chapters, video.id)
  if (!own) return false
  const isLater = own.confirmed.version > video.confirmed.version
  // A removal changes the revision, but not the version.
  const isRemoved = own.status === 'removed' && own.confirmed.revision >= video.confirmed.revision
  return isSettled(video) || !isSettled(own) || own.isEditing || isLater || isRemoved
}

/** Cached, since every list on the page looks for visiting videos at every report of a video. */
const awayCache = new WeakMap<PendingVideos, readonly PendingVideo[]>()
const listedCache = new WeakMap<PendingVideos, WeakMap<VideoList, readonly PendingVideo[]>>()
const idsCache = new WeakMap<VideoList, ReadonlySet<string>>()

/** The videos of a chapter's actor that are in another chapter, or are being moved to one. */
function findAway(chapter: ChapterActor): readonly PendingVideo[] {
  const { videos } = chapter.getSnapshot().context
  return computeOnce(awayCache, videos, () =>
    videos.list.filter(
      ({ wanted, confirmed }) =>
        wanted.chapterId !== chapter.id || confirmed.chapterId !== chapter.id,
    ),
  )
}

const readIds = (list: VideoList) =>
  computeOnce(idsCache, list, () => new Set(list.videos.map(({ id }) => id)))

/** The videos of a chapter's actor that are in another chapter's list. */
function findListed(chapter: ChapterActor, list: VideoList): readonly PendingVideo[] {
  const { videos } = chapter.getSnapshot().context
  const byList = computeOnce(listedCache, videos, () => new WeakMap())
  const inList = readIds(list)
  return computeOnce(byList, list, () => videos.list.filter(({ id }) => inList.has(id)))
}

const mergedCache = new WeakMap<readonly PendingVideo[], WeakMap<PendingVideos, PendingVideos>>()

/**
 * Merges a chapter's pending videos with those visiting it; returns the same object for the same
 * input. A visiting video that the chapter knows as well comes from a tab that knows more about it.
 */
export function withVisitingVideos(
  videos: PendingVideos,
  visiting: readonly PendingVideo[],
): PendingVideos {
  if (visiting.length === 0) return videos
  const byVideos = computeOnce(mergedCache, visiting, () => new WeakMap())
  return computeOnce(byVideos, videos, () => withVideos(videos, visiting))
}
