import { computeOnce } from '#client/lib/compute-once.ts'
import { type History, listOperations } from '#machines/history.ts'
import { closeChapter } from './authoring-context.tsx'
import type { KeptVideo } from './kept-video-schema.ts'
import { listKeptVideos } from './kept-videos.ts'
import { releaseUnblocked } from './release-unblocked.ts'
import { resumeVideos } from './resume-videos.ts'
import type { Authoring } from './videos.actors.ts'

/** What was pending, failed or being typed in chapters that were removed here. */
const closedVideos = new WeakMap<Authoring, readonly KeptVideo[]>()

/**
 * Stops the actors of removed chapters, and keeps what the restoration has to bring back.
 * @param removedId the id of what was removed: of the chapter, or of the course with its chapters
 */
export function closeChapters(
  authoring: Authoring,
  removedId: string,
  chapterIds: readonly string[],
) {
  const before = listKeptVideos(authoring).filter((video) => chapterIds.includes(video.chapterId))
  for (const chapterId of chapterIds) closeChapter(authoring, chapterId)
  const { children } = authoring.getSnapshot()
  const closed = before.filter(({ chapterId }) => !children[chapterId])
  keepClosed(
    authoring,
    closed.map((video) => ({ ...video, closedWith: removedId })),
  )
  releaseUnblocked(authoring)
}

/** Keeps videos of removed chapters, also those that an earlier page has closed. */
export function keepClosed(authoring: Authoring, videos: readonly KeptVideo[]) {
  const ids = new Set(videos.map(({ id }) => id))
  const others = readClosed(authoring).filter(({ id }) => !ids.has(id))
  closedVideos.set(authoring, [...others, ...videos])
}

/**
 * Continues what was closed with a chapter or a course.
 * @returns the ids of the chapters that have an actor again
 */
export function reopenChapters(authoring: Authoring, removedId: string): string[] {
  const closed = readClosed(authoring)
  const reopened = closed.filter(({ closedWith }) => closedWith === removedId)
  closedVideos.set(
    authoring,
    closed.filter((video) => !reopened.includes(video)),
  )
  resumeVideos(
    authoring,
    reopened.map(({ closedWith: _id, ...video }) => video),
  )
  releaseUnblocked(authoring)
  return [...new Set(reopened.map(({ chapterId }) => chapterId))]
}

/**
 * The videos that an undo or a redo may still bring back.
 * @param history by default, all of this page's
 */
export function listClosedVideos(
  authoring: Authoring,
  history: History = authoring.getSnapshot().context.history,
): KeptVideo[] {
  const restorable = listRestorable(history)
  return readClosed(authoring).filter(({ closedWith = '' }) => restorable.has(closedWith))
}

/** Tells all chapters, also closed ones, that a file is in the library. */
export function notifyAssetReady(authoring: Authoring, mediaId: string) {
  const release = (video: KeptVideo): KeptVideo =>
    video.context.blockedBy === mediaId
      ? { ...video, context: { ...video.context, blockedBy: null } }
      : video
  closedVideos.set(authoring, readClosed(authoring).map(release))
  authoring.send({ type: 'asset.ready', mediaId })
}

const readClosed = (authoring: Authoring) => closedVideos.get(authoring) ?? []

const restorableIds = new WeakMap<History, ReadonlySet<string>>()

/** The ids of the chapters and courses that an undo or a redo can restore. */
const listRestorable = (history: History): ReadonlySet<string> =>
  computeOnce(restorableIds, history, () => {
    const removals = listOperations(history).filter(
      ({ entity, field }) => entity !== 'video' && field === 'isPresent',
    )
    return new Set(removals.map(({ id }) => id))
  })
