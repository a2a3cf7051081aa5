import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import type { PendingVideo, PendingVideos } from '#machines/pending-videos.ts'
import { throttle } from '#shared/throttle.ts'
import {
  type ChapterActor,
  readChapterActors,
  subscribeToChapters,
  useChapterActors,
} from './authoring-context.tsx'
import { hasTyped } from './drafts.ts'
import { isSettled, shownChapterId } from './fold-videos.ts'
import { findVideoActor } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** A video with changes that the server does not have. */
export interface UnsavedVideo {
  id: string
  /** The chapter that shows it. */
  chapterId: string
  filename: string
  /** It needs a decision; otherwise it is being saved. */
  isFailed: boolean
  /** Describes what is not saved. */
  text: string
  /** A video that is being removed has no row. */
  hasRow: boolean
  /** The upload that it waits for. */
  uploadId?: string
}

/** Describes the unsaved changes of a video that is not settled. */
export function describeUnsaved(video: PendingVideo): UnsavedVideo {
  const { id, wanted, status, filenameStatus, placeProblem, confirmed } = video
  const unsaved = {
    id,
    chapterId: shownChapterId(video),
    filename: wanted.filename,
    isFailed: false,
    hasRow: true,
  }
  if (video.blockedBy === video.mediaId) {
    return { ...unsaved, text: 'Uploading', uploadId: video.mediaId }
  }
  if (status === 'removing') return { ...unsaved, hasRow: false, text: 'Removing' }
  if (status === 'failed') return { ...unsaved, isFailed: true, text: 'Not linked' }
  if (filenameStatus === 'conflict') {
    return { ...unsaved, isFailed: true, text: 'Renamed by someone else' }
  }
  if (filenameStatus === 'unsaved') return { ...unsaved, isFailed: true, text: 'Name not saved' }
  if (placeProblem) return { ...unsaved, isFailed: true, text: 'Not moved' }
  if (status !== 'linked') {
    return { ...unsaved, text: confirmed.status === 'removed' ? 'Restoring' : 'Linking' }
  }
  return { ...unsaved, text: video.isMoving ? 'Moving' : 'Saving name' }
}

const unsavedCache = new WeakMap<PendingVideos, readonly UnsavedVideo[]>()

/** The unsaved videos of a chapter; returns the same array for the same reports. */
const listUnsaved = (videos: PendingVideos): readonly UnsavedVideo[] =>
  computeOnce(unsavedCache, videos, () =>
    videos.list.filter((video) => !isSettled(video)).map(describeUnsaved),
  )

/**
 * How long a report may take to show, in ms. A frame that paints new rows has enough to do, and
 * what is saved by then need not be shown.
 */
const delay = 250

/** The unsaved videos of all chapters, updated a few times a second. */
export function useUnsavedVideos(): readonly UnsavedVideo[] {
  const chapters = useChapterActors()
  const subscribe = useCallback(
    (notify: () => void) => {
      const notifySoon = throttle(notify, delay)
      const unsubscribe = subscribeToChapters(chapters, notifySoon)
      return () => {
        notifySoon.cancel()
        unsubscribe()
      }
    },
    [chapters],
  )
  const read = useMemo(() => createReader(chapters), [chapters])
  return useSyncExternalStore(subscribe, read)
}

/** Creates a reader that returns the same array until a chapter's reports change. */
function createReader(chapters: readonly ChapterActor[]) {
  let parts: (readonly UnsavedVideo[])[] = []
  let latest: readonly UnsavedVideo[] = []
  return () => {
    const next = chapters.map((chapter) => listUnsaved(chapter.getSnapshot().context.videos))
    const isSame =
      next.length === parts.length && next.every((part, index) => part === parts[index])
    if (!isSame) {
      parts = next
      latest = next.flat()
    }
    return latest
  }
}

/** Whether this page has changes or typed text that the server does not have. */
export const hasUnsentChanges = (authoring: Authoring): boolean =>
  readChapterActors(authoring).some((chapter) => hasUnsentVideos(chapter))

/** Likewise for the videos that one chapter shows. */
export const hasUnsentChangesIn = (authoring: Authoring, chapterId: string): boolean =>
  readChapterActors(authoring).some((chapter) =>
    hasUnsentVideos(chapter, (video) => shownChapterId(video) === chapterId),
  )

function hasUnsentVideos(
  chapter: ChapterActor,
  isIncluded: (video: PendingVideo) => boolean = () => true,
): boolean {
  const snapshot = chapter.getSnapshot()
  return snapshot.context.videos.list.filter(isIncluded).some((video) => {
    const actor = video.isEditing && findVideoActor(snapshot, video.id)
    return !isSettled(video) || (actor && hasTyped(actor))
  })
}
