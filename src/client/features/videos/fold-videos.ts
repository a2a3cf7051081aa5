import { computeOnce } from '#client/lib/compute-once.ts'
import type { Problem } from '#contract/problem.ts'
import type { Video } from '#contract/videos.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import type { LinkStatus, SavedRow } from '#machines/video.context.ts'
import { comparePlaces } from '#shared/compare-places.ts'
import type { VideoList } from './api/list-videos.ts'

/** A row of the page. */
export interface ShownVideo extends Video {
  status: LinkStatus
  /** Why its link was refused. */
  problem: Problem | null
  /** The newest name that the server has; `filename` may still be pending. */
  savedFilename: string
  /** Shown in its new place, while the move is still pending. */
  isMoving: boolean
  /** Removed by someone else, but kept for the text typed here. */
  isRemovedElsewhere: boolean
  /** Its file is still being uploaded. */
  isUploading: boolean
  /** The server does not have it yet, and another tab is working on it. */
  isInOtherTab: boolean
}

/**
 * The rows to show: the server's list, with what the actors know on top.
 * - A pending video is shown until the list has its id, at its version or later.
 * - If a list that was requested after a video was confirmed lacks the video, someone else has
 *   removed it.
 * - A removed video is hidden, unless the list has it at a later revision: restored elsewhere.
 * - A wanted name or place takes precedence over the server's until it is confirmed, and a
 *   confirmed one over an older list. A video moved to another chapter is shown there immediately.
 * @param chapterId the chapter whose rows these are
 * @param list the server's latest list; `undefined` until the first one arrives
 * @param pending the videos known to the chapter's own actors, and those moved to it; in any
 *   order, with unique ids
 * @returns rows with unique ids, in the server's order: by position, then by id
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
    .sort(comparePlaces)
}

/**
 * Folds one row from the server's row and what an actor knows, either of which may be missing;
 * `null` if no row is shown. Returns the same object for the same input, so that only changed rows
 * render.
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
  if (isRemovedElsewhere && !hasUnsavedText(pending)) return null
  const cached = pendingRows.get(pending)
  if (cached?.row === row && cached?.video.isRemovedElsewhere === isRemovedElsewhere) {
    return cached.video
  }
  const video = { ...showPending(row, pending, status), isRemovedElsewhere }
  pendingRows.set(pending, { row, video })
  return video
}

/** The rows shown for server rows without an actor. */
const serverRows = new WeakMap<Video, ShownVideo>()

/** The latest row shown for what an actor knows, and the server row that it was folded from. */
const pendingRows = new WeakMap<PendingVideo, { row: Video | undefined; video: ShownVideo }>()

/** A list that is newer than our removal has the video: someone else has restored it. */
const isRestoredElsewhere = (row: Video | undefined, { confirmed }: PendingVideo): row is Video =>
  row !== undefined && row.revision > confirmed.revision

/** What a new name replaces: the newest row that the server has. */
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

/** Whether the server has everything that was done to a video, and nothing of it was refused. */
export const isSettled = (video: PendingVideo): boolean =>
  video.status === 'removed' ||
  (video.status === 'linked' &&
    video.filenameStatus === 'saved' &&
    !video.isMoving &&
    video.placeProblem === null)

/** Whether only another tab can change a video, since the server does not have it yet. */
export const isOnlyInOtherTab = (video: PendingVideo): boolean =>
  'tabId' in video && video.confirmed.status !== 'linked' && !isSettled(video)

/** Whether text typed for a video would be lost with its row. */
const hasUnsavedText = ({ isEditing, filenameStatus }: PendingVideo) =>
  isEditing || filenameStatus !== 'saved'

const showRow = (row: Video): ShownVideo =>
  computeOnce(serverRows, row, () => ({
    ...row,
    status: 'linked',
    problem: null,
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
  const newestDuration = isNewest || durationSeconds === 0 ? (row?.durationSeconds ?? 0) : 0
  return {
    id,
    // The server may have replaced the asset with another one of the same content.
    mediaId: isNewest ? row.mediaId : mediaId,
    // Neither knows the duration of a file that is still being uploaded.
    durationSeconds: newestDuration > 0 ? newestDuration : durationSeconds,
    chapterId: place.chapterId,
    position: place.position,
    filename: pending.filenameStatus === 'saved' ? newest.filename : wanted.filename,
    savedFilename: newest.filename,
    version: newest.version,
    revision: newest.revision,
    isMoving: pending.isMoving,
    isUploading: pending.blockedBy === mediaId,
    isInOtherTab: isOnlyInOtherTab(pending),
    problem: pending.problem,
    status,
  }
}
