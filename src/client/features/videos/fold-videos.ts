import { computeOnce } from '#client/lib/compute-once.ts'
import type { Video } from '#contract/videos.ts'
import type { PendingVideo } from '#machines/chapter.machine.ts'
import type { LinkStatus, SavedRow } from '#machines/video.context.ts'
import type { VideoList } from './api/list-videos.ts'

/** A row of the page. */
export interface ShownVideo extends Video {
  status: LinkStatus
  /** The newest name that the server has, where `filename` is one that is still pending. */
  savedFilename: string
  /** On its way to the place where it is shown. */
  isMoving: boolean
  /** Removed by somebody else, and kept for the text that was typed here. */
  isRemovedElsewhere: boolean
  /** Its file is on its way into the library. */
  isUploading: boolean
  /** The server does not have it yet, and the work on it is done by another tab. */
  isInOtherTab: boolean
}

/**
 * The rows to show: what the server listed, and over it what the processes know.
 * - A pending video is shown until the list has its id, at its version or later.
 * - A list that was requested after a video was confirmed, and lacks it, says that it was removed
 *   elsewhere.
 * - A removed video is hidden, unless the list has it at a later revision: restored elsewhere.
 * - A wanted name or place is shown over the server's until it is confirmed; so is a confirmed one
 *   over an older list. A video that is moved to another chapter is a row of that one at once.
 * @param chapterId the chapter whose rows these are
 * @param list what the server said last; `undefined` while it has not said anything
 * @param pending in any order, at most one for an id: the videos that the chapter's own processes
 *   know, and those that are moved to it
 * @returns one row for an id, in the order of the server: by position, then by id
 */
export function foldVideos(
  chapterId: string,
  list: VideoList | undefined,
  pending: Iterable<PendingVideo>,
): ShownVideo[] {
  const pendingById = new Map([...pending].map((video) => [video.id, video]))
  const rows = list?.videos ?? []
  const listed = rows.map((row) => foldVideo(row, pendingById.get(row.id), list))
  for (const { id } of rows) pendingById.delete(id)
  const unlisted = [...pendingById.values()].map((video) => foldVideo(undefined, video, list))
  return [...listed, ...unlisted]
    .filter((video) => video?.chapterId === chapterId)
    .filter((video) => video !== null)
    .sort(compareOrder)
}

/**
 * One row of the fold, from the server's row and what a process knows, where they exist; `null` for
 * none. The same object as the last time, if they are the same: the page renders only rows that
 * changed.
 */
export function foldVideo(
  row: Video | undefined,
  pending: PendingVideo | undefined,
  list: Pick<VideoList, 'requestedAt'> | undefined,
): ShownVideo | null {
  if (!pending) return row ? showRow(row) : null
  const { status } = pending
  if (status === 'removed') return isRestoredElsewhere(row, pending) ? showRow(row) : null
  if (status === 'removing') return null
  const isMissing = !row && list !== undefined && list.requestedAt > pending.confirmedAt
  const isRemovedElsewhere = isMissing && status === 'linked' && !pending.isMoving
  if (isRemovedElsewhere && !holdsText(pending)) return null
  const known = latest.get(pending)
  if (known?.row === row && known?.video.isRemovedElsewhere === isRemovedElsewhere) {
    return known.video
  }
  const video = { ...showPending(row, pending, status), isRemovedElsewhere }
  latest.set(pending, { row, video })
  return video
}

/** What was made last of a server's row without a process. */
const settled = new WeakMap<Video, ShownVideo>()

/** What was made last of what a process knows, and of the server's row. */
const latest = new WeakMap<PendingVideo, { row: Video | undefined; video: ShownVideo }>()

/** A list that is newer than a removal of ours has the video: somebody brought it back. */
const isRestoredElsewhere = (row: Video | undefined, { confirmed }: PendingVideo): row is Video =>
  row !== undefined && row.revision > confirmed.revision

/** Compares two places as the server does: by position, byte by byte, then by id. */
export function compareOrder(one: Video, other: Video): number {
  return compare(one.position, other.position) || compare(one.id, other.id)
}

/** What a name typed now replaces: the newest one that the server has. */
export const readSaved = ({
  savedFilename,
  chapterId,
  position,
  version,
  revision,
}: ShownVideo): SavedRow => ({
  filename: savedFilename,
  chapterId,
  position,
  version,
  revision,
})

/** The chapter in which a pending video is shown: the one it is being moved to, if any. */
export const shownChapterId = ({ isMoving, wanted, confirmed }: PendingVideo): string =>
  isMoving ? wanted.chapterId : confirmed.chapterId

/** Whether the server has everything that was done to a video. */
export const isSettled = (video: PendingVideo): boolean =>
  video.status === 'removed' ||
  (video.status === 'linked' && video.filenameStatus === 'saved' && !video.isMoving)

/** Whether only another tab can change a video, since the server does not have it yet. */
export const isOnlyInOtherTab = (video: PendingVideo): boolean =>
  'tabId' in video && video.confirmed.status !== 'linked' && !isSettled(video)

const compare = (one: string, other: string) => Number(one > other) - Number(one < other)

/** What was typed for a video would be lost with its row. */
const holdsText = ({ isEditing, filenameStatus }: PendingVideo) =>
  isEditing || filenameStatus !== 'saved'

const showRow = (row: Video): ShownVideo =>
  computeOnce(settled, row, () => ({
    ...row,
    status: 'linked',
    savedFilename: row.filename,
    isMoving: false,
    isRemovedElsewhere: false,
    isUploading: false,
    isInOtherTab: false,
  }))

function showPending(row: Video | undefined, pending: PendingVideo, status: LinkStatus) {
  const { id, mediaId, durationSeconds, wanted, confirmed } = pending
  const isNewest = row !== undefined && row.version >= confirmed.version
  const newest = isNewest ? row : confirmed
  const place = pending.isMoving ? wanted : newest
  return {
    id,
    // Another asset of the same content may be used instead by now.
    mediaId: isNewest ? row.mediaId : mediaId,
    // A file's was not known when it was added.
    durationSeconds: durationSeconds > 0 ? durationSeconds : (row?.durationSeconds ?? 0),
    chapterId: place.chapterId,
    position: place.position,
    filename: pending.filenameStatus === 'saved' ? newest.filename : wanted.filename,
    savedFilename: newest.filename,
    version: newest.version,
    revision: newest.revision,
    isMoving: pending.isMoving,
    isUploading: pending.blockedBy === mediaId,
    isInOtherTab: isOnlyInOtherTab(pending),
    status,
  }
}
