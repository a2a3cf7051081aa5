import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import type { ChapterContext, PendingVideo } from '#machines/chapter.machine.ts'
import type { VideoList } from './api/list-videos.ts'
import {
  type ChapterActor,
  findOwnerAmong,
  subscribeToChapters,
  useChapterActors,
} from './authoring-context.tsx'
import { isSettled } from './fold-videos.ts'
import { useOtherTabs } from './other-tabs.store.ts'

type PendingVideos = ChapterContext['videos']

/**
 * The videos that stand in a chapter, or are moved to or from it, and belong to the processes of
 * another one, or of another tab.
 */
export function useGuests(chapterId: string, list: VideoList | undefined): readonly PendingVideo[] {
  const chapters = useChapterActors()
  const subscribe = useCallback(
    (notify: () => void) => {
      const unsubscribes = [subscribeToChapters(chapters, notify), useOtherTabs.subscribe(notify)]
      return () => {
        for (const unsubscribe of unsubscribes) unsubscribe()
      }
    },
    [chapters],
  )
  const read = useMemo(() => {
    let latest = noGuests
    return () => {
      const guests = findGuests(chapterId, list, chapters)
      if (!isSame(guests, latest)) latest = guests
      return latest
    }
  }, [chapterId, list, chapters])
  return useSyncExternalStore(subscribe, read)
}

const noGuests: readonly PendingVideo[] = []

const isSame = (one: readonly PendingVideo[], other: readonly PendingVideo[]) =>
  one.length === other.length && one.every((video, index) => video === other[index])

/**
 * The same, at this moment.
 * @param list what the server listed of the chapter last
 */
export function findGuests(
  chapterId: string,
  list: VideoList | undefined,
  chapters: readonly ChapterActor[],
): readonly PendingVideo[] {
  const isIn = ({ wanted, confirmed }: PendingVideo) =>
    wanted.chapterId === chapterId || confirmed.chapterId === chapterId
  const guests = new Set<PendingVideo>()
  for (const chapter of chapters) {
    if (chapter.id === chapterId) continue
    for (const video of findAway(chapter)) if (isIn(video)) guests.add(video)
    for (const video of list ? findListed(chapter, list) : []) guests.add(video)
  }
  const isListed = ({ id }: PendingVideo) => list !== undefined && readIds(list).has(id)
  const others = [...useOtherTabs.getState().videos.values()]
    .filter((video) => isIn(video) || isListed(video))
    .filter((video) => !isKnownBetter(video, chapters))
  for (const video of others) guests.add(video)
  return guests.size === 0 ? noGuests : [...guests]
}

/** What this tab knows of a video, or else another one. */
export const findPending = (
  chapters: readonly ChapterActor[],
  id: string,
): PendingVideo | undefined => findOwn(chapters, id) ?? useOtherTabs.getState().videos.get(id)

const findOwn = (chapters: readonly ChapterActor[], id: string): PendingVideo | undefined =>
  findOwnerAmong(chapters, id)?.getSnapshot().context.videos[id]

/**
 * Whether this tab is at work on another one's video itself, has a later version of it, or both are
 * done with it.
 */
function isKnownBetter(video: PendingVideo, chapters: readonly ChapterActor[]): boolean {
  const own = findOwn(chapters, video.id)
  if (!own) return false
  const isLater = own.confirmed.version > video.confirmed.version
  return isSettled(video) || !isSettled(own) || own.isEditing || isLater
}

/** Every list of the page asks at every report of a video. */
const away = new WeakMap<PendingVideos, readonly PendingVideo[]>()
const listed = new WeakMap<PendingVideos, WeakMap<VideoList, readonly PendingVideo[]>>()
const ids = new WeakMap<VideoList, ReadonlySet<string>>()

/** The videos of a chapter's processes that stand in another chapter, or are moved to one. */
function findAway(chapter: ChapterActor): readonly PendingVideo[] {
  const { videos } = chapter.getSnapshot().context
  return computeOnce(away, videos, () =>
    Object.values(videos).filter(
      ({ wanted, confirmed }) =>
        wanted.chapterId !== chapter.id || confirmed.chapterId !== chapter.id,
    ),
  )
}

const readIds = (list: VideoList) =>
  computeOnce(ids, list, () => new Set(list.videos.map(({ id }) => id)))

/** The videos of a chapter's processes that the list of another chapter has. */
function findListed(chapter: ChapterActor, list: VideoList): readonly PendingVideo[] {
  const { videos } = chapter.getSnapshot().context
  const byList = computeOnce(listed, videos, () => new WeakMap())
  const inList = readIds(list)
  return computeOnce(byList, list, () => Object.values(videos).filter(({ id }) => inList.has(id)))
}

const merged = new WeakMap<readonly PendingVideo[], WeakMap<PendingVideos, PendingVideos>>()

/**
 * A chapter's pending videos and its guests: the same object for the same ones. A guest that the
 * chapter knows, too, is one of another tab that knows more.
 */
export function withGuests(videos: PendingVideos, guests: readonly PendingVideo[]): PendingVideos {
  if (guests.length === 0) return videos
  const byVideos = computeOnce(merged, guests, () => new WeakMap())
  return computeOnce(byVideos, videos, () => ({
    ...videos,
    ...Object.fromEntries(guests.map((video) => [video.id, video])),
  }))
}
